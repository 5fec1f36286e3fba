/** An inject as a form fills it, written as TOML the way scripts are. Pure. */
import type { FieldSchema, KindTold } from './told.ts';

/** What a field is filled by. */
export type FieldShape = 'part' | 'parts' | 'cells' | 'new-part' | 'enum' | 'flag' | 'number' | 'vector' | 'text';

/** Fields that name a part which the inject itself brings into being. */
const NEW_PARTS: readonly string[] = ['released', 'launched'];
const PARTS: readonly string[] = ['part', 'target', 'other', 'into_plane_of'];

export function shapeOf(name: string, schema: FieldSchema): FieldShape {
  if (name === 'parts') return 'parts';
  if (name === 'for_cells') return 'cells';
  if (NEW_PARTS.includes(name)) return 'new-part';
  if (PARTS.includes(name)) return 'part';
  if (schema.enum !== undefined) return 'enum';
  switch (schema.type) {
    case 'boolean':
      return 'flag';
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return 'vector';
    default:
      return 'text';
  }
}

/** The fields that a form asks for; the rest are the same for every kind. */
export function fieldsOf(kind: KindTold): readonly (readonly [string, FieldSchema])[] {
  return Object.entries(kind.schema.properties).filter(([name]) => !['kind', 'id', 'at_h'].includes(name));
}

/** Ends of names, with the units that they stand for. */
export const UNITS: readonly (readonly [string, string])[] = [
  ['_m_s2', 'm/s²'],
  ['_m_s', 'm/s'],
  ['_km', 'km'],
  ['_deg', '°'],
  ['_h', 'h'],
];

/** The unit of a number, by the end of its name. */
export function unitOf(name: string): string {
  return UNITS.find(([end]) => name.endsWith(end))?.[1] ?? '';
}

export type FieldValue = string | number | boolean | readonly string[] | readonly number[];

/** A value as TOML. Texts of JSON are basic strings of TOML but for one control character. */
export function tomlValue(value: FieldValue): string {
  if (typeof value === 'string') return JSON.stringify(value).replaceAll('\u007f', '\\u007f');
  if (typeof value === 'object') return `[${value.map((one: string | number) => tomlValue(one)).join(', ')}]`;
  return String(value);
}

/** One inject as TOML, with parts that it brings; fields without a value are left out: it happens now. */
export function tomlOf(
  id: string,
  kind: string,
  atHours: number | undefined,
  values: Readonly<Record<string, FieldValue | undefined>>,
  known: readonly string[] = [],
): string {
  const rows: [string, FieldValue | undefined][] = [
    ['id', id],
    ['kind', kind],
    ['at_h', atHours],
    ...Object.entries(values),
  ];
  const lines = rows.flatMap(([name, value]) => (value === undefined ? [] : [`${name} = ${tomlValue(value)}`]));
  const brought = NEW_PARTS.flatMap((field) => {
    const name = values[field];
    return typeof name === 'string' && !known.includes(name) ? ['[[part]]', `name = ${tomlValue(name)}`, ''] : [];
  });
  return [...brought, '[[inject]]', ...lines, ''].join('\n');
}

/** Values of a form by the shapes of its fields; what was left empty has none. */
export function valuesOf(kind: KindTold, form: FormData): Record<string, FieldValue | undefined> {
  return Object.fromEntries(fieldsOf(kind).map(([name, schema]) => [name, valueOf(name, schema, form)]));
}

function valueOf(name: string, schema: FieldSchema, form: FormData): FieldValue | undefined {
  const one = String(form.get(name) ?? '');
  switch (shapeOf(name, schema)) {
    case 'parts':
      return form.getAll(name).map(String);
    case 'cells': {
      const cells = form.getAll(name).map(String);
      return cells.length === 0 ? undefined : cells;
    }
    case 'flag':
      return one === '' ? undefined : one === 'true';
    case 'number':
      return one === '' ? undefined : Number(one);
    case 'vector':
      return form.getAll(name).map(Number);
    case 'part':
    case 'new-part':
    case 'enum':
    case 'text':
      return one === '' ? undefined : one;
  }
}

/** A name for a live inject that no other inject has. */
export function freeId(taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    if (!taken.includes(`live-${number}`)) return `live-${number}`;
  }
}

/** The line of a field as mistakes name it (`inject[1].range_km`), from 1; 0 where none has it. */
export function lineOf(toml: string, field: string): number {
  const [, table = '', number = '1', key = ''] = /(\w+)\[(\d+)\](?:\.([\w-]+))?/.exec(field) ?? [];
  if (table === '') return 0;
  const lines = toml.split('\n');
  let seen = 0;
  let head = 0;
  for (const [place, line] of lines.entries()) {
    const opened = /^\s*\[\[([\w-]+)\]\]/.exec(line)?.[1];
    if (opened !== undefined) {
      if (head > 0) break;
      if (opened === table && (seen += 1) === Number(number)) head = place + 1;
    } else if (head > 0 && key !== '' && line.replace(/^\s+/, '').split(/[\s=.]/)[0] === key) return place + 1;
  }
  return head;
}
