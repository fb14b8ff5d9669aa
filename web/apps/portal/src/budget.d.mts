export interface Chunk {
  file: string;
  imports?: string[];
}
export function staticImports(manifest: Record<string, Chunk>, keys: string[]): string[];
export function heaviest<Row extends { bytes: number }>(rows: [Row, ...Row[]]): Row;
