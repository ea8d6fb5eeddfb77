/** Words that Turkish businesses are called by, and some that try the alphabet: c/ç, g/ğ, ı/i, o/ö, s/ş, u/ü, â/î/û. */
const FIRST =
  'Ağrı Âlim Çağ Cam Ceviz Çınar Dağ Deniz Eğe Ege Gönül Göl Güneş Gün Hâl Hal Işık Isparta İnci İstanbul Izgara İzmir Kâr Kar Kılıç Kına Kına‑Nur Lâle Lale Mimoza Öğün Ogün Ömür Omur Özel Şişli Sisli Söz Şöz Sûr Sur Tuğba Ulu Ülkü Umut Üzüm Yağmur Yıldız Yılmaz Zümrüt'.split(
    ' ',
  );
const SECOND =
  'Ağız ve Diş Sağlığı|Avukatlık|Bakım|Çiçekçilik|Danışmanlık|Diş Kliniği|Eczanesi|Fırın|Gıda|Güzellik|Hukuk Bürosu|İnşaat|Isı Sistemleri|Kırtasiye|Kuaför|Lokantası|Mühendislik|Optik|Pastanesi|Şarküteri|Sigorta|Tütün|Veteriner|Yapı & Dekor'.split(
    '|',
  );
const THIRD = ['', ' 2', ' 10', ' (Şube)', '-A.Ş.', " 'Nur'", ' %50', ' a_b'];

/**
 * Names of businesses, each once and always the same: mixed case, accents, digits, punctuation, blanks of several kinds
 * and letters in more than one form.
 */
export function turkishNames(count: number): string[] {
  const next = randomNumbers(20260101);
  const pick = <T>(values: readonly T[]): T =>
    // The index is within the list.
    values[Math.floor(next() * values.length)] as T;
  const names = new Set<string>();
  while (names.size < count) {
    const name = `${pick(FIRST)} ${pick(SECOND)}${pick(THIRD)}`;
    names.add(pick(SPELLINGS)(name));
  }
  return [...names];
}

const SPELLINGS: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name,
  (name) => name.toLocaleUpperCase('tr'),
  (name) => name.toLocaleLowerCase('tr'),
  (name) => name.normalize('NFD'),
  (name) => name.replace(' ', '  '),
  (name) => name.replaceAll(' ', '-'),
  (name) => name.replace(' ', ''),
  (name) => `"${name}"`,
];

/** Mulberry32: the same numbers for the same seed, evenly spread between 0 and 1. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
