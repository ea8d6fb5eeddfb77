import { WholeNumberParameter } from '../../../common/validation/whole-number.decorator.js';

/** Which page of a list. */
export class PageQueryDto {
  @WholeNumberParameter({ min: 1, max: 1_000_000, default: 1 })
  page = 1;
}
