export * from './formats';
export * from './text';
