import {
  Injectable,
  type ArgumentMetadata,
  type PipeTransform,
  type Type,
} from '@nestjs/common';
import {
  validateDto,
  type ValidationPolicy,
} from '../common/validation/validate-dto.js';

const POLICIES: Partial<Record<ArgumentMetadata['type'], ValidationPolicy>> = {
  body: { unknown: 'refuse' },
  query: { unknown: 'ignore' },
};

/** Global: turns every `@Body()` and `@Query()` whose type is a DTO class into a checked instance of it. */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    const policy = POLICIES[type];
    if (policy === undefined || !isDtoClass(metatype)) return value;
    return validateDto(metatype, value, policy);
  }
}

function isDtoClass(
  metatype: ArgumentMetadata['metatype'],
): metatype is Type<object> {
  return (
    metatype !== undefined &&
    ![Object, String, Number, Boolean, Array].some((type) => type === metatype)
  );
}
