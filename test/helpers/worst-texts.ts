/** Texts for which some way to work on them takes a time that grows faster than they do. */
const PIECES: Readonly<
  Record<string, [start: string, piece: string, end: string]>
> = {
  'marks out of order': ['a', '\u0301\u0316', ''],
  'marks that stay, out of order': ['a', '\u302E\u{1D165}', 'a'],
  'digits between letters': ['a', '1', 'a'],
  'a repetition that fails at its end': ['', 'ab', 'c'],
  'blanks between letters': ['a', ' ', 'a'],
  'dots and hyphens': ['a', '.-', '!'],
  'commas, semicolons and quotes': ['"', ',;="', ''],
  'a sign many times': ['', '/', ' ?'],
  'brackets within each other': ['', '[', ''],
};

export const WORST_TEXTS = Object.keys(PIECES);

/** @returns the text of this name in at most so many bytes of UTF-8. */
export function worstText(name: string, bytes: number): string {
  const [start, piece, end] = PIECES[name] ?? ['', '', ''];
  const left = bytes - Buffer.byteLength(start + end);
  return start + piece.repeat(left / Buffer.byteLength(piece)) + end;
}
