import { WholeNumberParameter } from '../../../common/paging/whole-number.decorator.js';

export class ListDeletedTenantsQueryDto {
  /** How many tenants to leave out, from the newest deletion on. */
  @WholeNumberParameter({ min: 0, max: 2_147_483_647, default: 0 })
  skip = 0;

  /** How many tenants to give. */
  @WholeNumberParameter({ min: 1, max: 500, default: 100 })
  limit = 100;
}
