/** bcrypt reads no more of a password, counted in UTF-8. */
export const PASSWORD_MAX_BYTES = 72;

/**
 * One text has at most 3.5 times as many bytes as its NFC form (`ΐ` has 2, its longest spelling 7; a spec tries all
 * characters). What is longer than this is too long in every form. That is judged first: `normalize` takes a time that
 * grows with the square of a run of combining marks, 30 s for 512 KB.
 */
const MAX_TYPED_BYTES = 4 * PASSWORD_MAX_BYTES;

/**
 * The form of a password that is measured and hashed: NFC.
 * @param typed any text; one that is too long in every form comes back as it is, and is then too long.
 */
export function passwordForm(typed: string): string {
  return Buffer.byteLength(typed) > MAX_TYPED_BYTES
    ? typed
    : typed.normalize('NFC');
}

/**
 * The forms in which a typed password may once have been hashed: NFC by us, as it came from the keyboard by the old
 * application, whose users may have had one that types NFD. Each once, at most three; none that bcrypt would cut.
 */
export function verifiableForms(typed: string): string[] {
  if (Buffer.byteLength(typed) > MAX_TYPED_BYTES) return [];
  const forms = [typed.normalize('NFC'), typed, typed.normalize('NFD')];
  return [...new Set(forms)].filter((form) => !isCutByBcrypt(form));
}

function isCutByBcrypt(password: string): boolean {
  return (
    Buffer.byteLength(password) > PASSWORD_MAX_BYTES || password.includes('\0')
  );
}
