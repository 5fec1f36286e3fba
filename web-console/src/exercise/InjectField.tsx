/** One field of an inject, by what it holds. */
import type { ExerciseState } from '../api/types.ts';
import { isReviewed, reviewed } from '../words/tables.ts';
import { language, word, type WordKey } from '../words/words.ts';
import { en } from '../words/en.ts';
import { objectText } from './answering.ts';
import { shapeOf, unitOf } from './injecting.ts';
import type { FieldSchema, PartTold } from './told.ts';

interface Props {
  readonly name: string;
  readonly schema: FieldSchema;
  readonly isRequired: boolean;
  readonly parts: readonly PartTold[];
  readonly state: ExerciseState;
}

/** Our word for a field; one that we have none for is called as in scripts. */
export function fieldLabel(name: string): string {
  const key = `exercise.of.${name}`;
  return key in en ? word(key as WordKey) : name.replaceAll('_', ' ');
}

function labelOf({ name, isRequired }: Props): string {
  const unit = unitOf(name);
  const label = unit === '' ? fieldLabel(name) : `${fieldLabel(name)} [${unit}]`;
  return isRequired ? label : `${label} ${word('exercise.optional')}`;
}

/** A choice of a list in the server's words, where it has them. */
function optionText(name: string, value: string): string {
  const key = `${name}.${value.replaceAll('-', '_')}`;
  if (isReviewed(key)) return reviewed(key);
  const own = `exercise.of.${key}`;
  return own in en ? word(own as WordKey) : value;
}

export function InjectField(props: Props) {
  const { name, schema, isRequired, parts, state } = props;
  const label = labelOf(props);
  // Descriptions of the schema are English; labels stand for themselves in both languages.
  const hint = language.value === 'en' ? schema.description : undefined;
  switch (shapeOf(name, schema)) {
    case 'part':
      return <Select name={name} label={label} isRequired={isRequired} options={parts.map((one) => [one.name, partText(one)])} />;
    case 'enum':
      return (
        <Select
          name={name}
          label={label}
          isRequired={isRequired}
          options={(schema.enum ?? []).map((one) => [one, optionText(name, one)])}
        />
      );
    case 'flag':
      return (
        <Select
          name={name}
          label={label}
          isRequired={isRequired}
          options={[['true', word('exercise.yes')], ['false', word('exercise.no')]]}
        />
      );
    case 'parts':
      return <Ticks name={name} label={label} options={parts.map((one) => [one.name, partText(one)])} />;
    case 'cells':
      return <Ticks name={name} label={label} options={state.cells.filter((one) => !one.is_white).map((one) => [one.id, one.name])} />;
    case 'vector':
      return <Vector name={name} label={label} schema={schema} />;
    case 'number':
      return (
        <label class="field" title={hint}>
          <span>{label}</span>
          <input
            type="number"
            name={name}
            required={isRequired}
            step={schema.type === 'integer' ? 1 : 'any'}
            min={schema.minimum ?? schema.exclusiveMinimum}
            max={schema.maximum}
          />
        </label>
      );
    case 'new-part':
      return (
        <label class="field" title={hint}>
          <span>{label}</span>
          <input name={name} required={isRequired} pattern={schema.pattern} autocomplete="off" spellcheck={false} />
        </label>
      );
    case 'text':
      return (
        <label class={`field${name === 'text' ? ' field-wide' : ''}`} title={hint}>
          <span>{label}</span>
          {name === 'text' ? (
            <textarea name={name} rows={3} required={isRequired} maxLength={schema.maxLength} />
          ) : (
            <input name={name} required={isRequired} maxLength={schema.maxLength} autocomplete="off" />
          )}
        </label>
      );
  }
}

function partText(part: PartTold): string {
  return `${part.name} = ${objectText(String(part.norad_id))}`;
}

function Select({
  name,
  label,
  isRequired,
  options,
}: {
  readonly name: string;
  readonly label: string;
  readonly isRequired: boolean;
  readonly options: readonly (readonly [string, string])[];
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <select name={name} required={isRequired}>
        <option value="" />
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Ticks({
  name,
  label,
  options,
}: {
  readonly name: string;
  readonly label: string;
  readonly options: readonly (readonly [string, string])[];
}) {
  return (
    <fieldset class="field field-wide">
      <legend>{label}</legend>
      <span>
        {options.map(([value, text]) => (
          <label key={value} class="tick">
            <input type="checkbox" name={name} value={value} />
            {text}
          </label>
        ))}
      </span>
    </fieldset>
  );
}

const DIRECTIONS: readonly WordKey[] = ['exercise.of.radial', 'exercise.of.in_track', 'exercise.of.cross_track'];

function Vector({ name, label, schema }: { readonly name: string; readonly label: string; readonly schema: FieldSchema }) {
  return (
    <fieldset class="field field-wide">
      <legend>{label}</legend>
      <span class="vector">
        {DIRECTIONS.map((direction) => (
          <label key={direction}>
            <span>{word(direction)}</span>
            <input
              type="number"
              name={name}
              step="any"
              required
              defaultValue="0"
              min={schema.items?.minimum}
              max={schema.items?.maximum}
            />
          </label>
        ))}
      </span>
    </fieldset>
  );
}
