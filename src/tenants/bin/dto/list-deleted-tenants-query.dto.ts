import { WholeNumberParameter } from '../../../common/paging/whole-number.decorator.js';

export class ListDeletedTenantsQueryDto {
  @WholeNumberParameter({
    min: 0,
    max: 2_147_483_647,
    default: 0,
    description: 'How many to leave out.',
  })
  skip = 0;

  @WholeNumberParameter({
    min: 1,
    max: 500,
    default: 100,
    description: 'How many to give.',
  })
  limit = 100;
}
