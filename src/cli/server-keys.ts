import type { AppConfig } from '../config/app-config.js';
import type { DatabaseFacts } from '../schema/inspect-database.js';
import { isOpenElsewhere } from '../database/sqlite/is-open-elsewhere.js';
import { kidOf } from '../security/key-ring.js';
import { OperatorError } from '../startup/exit-codes.js';

/** What servers encrypt with is the key that was put to use last; whether one runs, only its hold on the file tells. */

/** @throws OperatorError while a server may run that has not been given the key that is encrypted with from now on. */
export async function assertServersKnow(
  { keyChecks: [latest] }: DatabaseFacts,
  { database, encryptionKeys: [first] }: AppConfig,
): Promise<void> {
  if (latest === undefined || first === undefined) return;
  if (latest.kid === kidOf(first)) return;
  if (await isOpenElsewhere(database.path))
    throw new OperatorError(
      `Veritabanı başka bir süreçte açık ve son başlatılan sistem ${latest.kid} ile şifreliyor: yeni anahtarı bilmiyorsa hiçbir kaydı okuyamaz olur. Önce sistemi ENCRYPTION_KEY=yeni,eski ile yeniden başlatın (ya da durdurun), sonra bu komutu yineleyin. Hiçbir şey değiştirilmedi.`,
    );
}

/** @throws OperatorError while a server may run that encrypts with this key. */
export async function assertServersUseOther(
  kid: string,
  { keyChecks: [latest] }: DatabaseFacts,
  { database }: AppConfig,
): Promise<void> {
  if (latest?.kid !== kid) return;
  if (await isOpenElsewhere(database.path))
    throw new OperatorError(
      `${kid} emekli edilemez: veritabanı başka bir süreçte açık ve son başlatılan sistem bununla şifreliyor. Önce sistemi yeni anahtar başta olacak biçimde yeniden başlatın (ya da durdurun).`,
    );
}
