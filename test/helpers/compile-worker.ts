import {
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import ts from 'typescript';
import { projectPath } from './paths.js';

const SOURCE = projectPath('src/security/password-worker.ts');
const COMPILED = projectPath('dist/security/password-worker.js');

/** bcrypt's threads need a compiled file, also where the sources are tested; nothing else of a build is needed then. */
export default function compileWorker(): void {
  if (
    existsSync(COMPILED) &&
    statSync(COMPILED).mtimeMs > statSync(SOURCE).mtimeMs
  )
    return;
  const { outputText } = ts.transpileModule(readFileSync(SOURCE, 'utf8'), {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
    },
  });
  mkdirSync(dirname(COMPILED), { recursive: true });
  writeFileSync(COMPILED, outputText);
}
