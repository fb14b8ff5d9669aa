import { ApiError } from '@hougu/api/client';
import { expect, test } from 'vitest';
import { expressionFault, faultyLine } from './expression_box';

test('a fault of an expression is told from other errors, with its place', () => {
  const error = new ApiError(422, {
    code: 'filter.types',
    message: 'no',
    details: { position: 9, line: 2, column: 3 },
  } as unknown as ConstructorParameters<typeof ApiError>[1]);
  const fault = expressionFault(error);
  expect(fault).toEqual({ message: 'no', line: 2, column: 3 });
  expect(faultyLine('a = 1 and\n空 = "x"', { message: '', line: 2, column: 3 })).toEqual([
    '空 ',
    '= "x"',
  ]);
  const other = new ApiError(403, {
    code: 'forbidden',
    message: 'no',
  } as unknown as ConstructorParameters<typeof ApiError>[1]);
  expect(expressionFault(other)).toBeNull();
  expect(expressionFault(new Error('x'))).toBeNull();
});
