/** Text whose moments are never torn apart at the end of a line. */

const MOMENT = /(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?Z)/;

export function Timed({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(MOMENT).map((part, place) =>
        place % 2 === 1 ? (
          <time key={place} dateTime={part} class="whole">
            {part}
          </time>
        ) : (
          part
        ),
      )}
    </>
  );
}
