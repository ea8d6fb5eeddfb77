import { WholeNumberParameter } from '../../common/validation/whole-number.decorator.js';

/** A list that is asked for by position. */
export class PageQueryDto {
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
