import { InvalidArgumentError } from 'commander';

/** Parses a number within limits. @throws InvalidArgumentError otherwise */
export function numberBetween(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most)) {
      throw new InvalidArgumentError(`must be a number from ${least} to ${most}`);
    }
    return value;
  };
}

/** Parses a whole number within limits. @throws InvalidArgumentError otherwise */
export function wholeBetween(least: number, most: number): (text: string) => number {
  const parse = numberBetween(least, most);
  return (text) => {
    const value = parse(text);
    if (!Number.isInteger(value)) throw new InvalidArgumentError('must be a whole number');
    return value;
  };
}

/** Parses `0.7,0.2,0.1`. @throws InvalidArgumentError when one is no number from 0 */
export function numberList(text: string): number[] {
  return text.split(',').map((part) => numberBetween(0, Infinity)(part));
}

/** Parses `640,320`, whole numbers within limits. @throws InvalidArgumentError otherwise */
export function wholeListBetween(least: number, most: number): (text: string) => number[] {
  const parse = wholeBetween(least, most);
  return (text) => text.split(',').map((part) => parse(part));
}

/** Parses `0,0,-0.7`. @throws InvalidArgumentError when one is no number */
export function biasList(text: string): number[] {
  return text.split(',').map((part) => numberBetween(-100, 100)(part));
}

/** Parses `ilc=1,web=0.3`. @throws InvalidArgumentError when a part is not name=number */
export function namedNumbers(text: string): Record<string, number> {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [name = '', value = ''] = part.split('=');
      if (name === '') throw new InvalidArgumentError('must look like name=0.5,other=1');
      return [name, numberBetween(0, Infinity)(value)] as const;
    }),
  );
}
