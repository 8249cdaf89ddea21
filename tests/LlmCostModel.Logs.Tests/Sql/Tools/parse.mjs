// Parses scripts, FOLDER/*.DIALECT, with every parser that knows the dialect. Prints a line for each: file, parser, and its error if any.
// Usage: node parse.mjs FOLDER-OF-PACKAGES FOLDER
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [packages, folder] = process.argv.slice(2);
const { resolve } = createRequire(`${packages}/package.json`);
const load = name => import(pathToFileURL(resolve(name)));
register('./folders.mjs', import.meta.url); // for dt-sql-parser

const apache = await load('@guanmingchiu/sqlparser-ts'); // of DataFusion
const polyglot = await load('@polyglot-sql/sdk');
const { SparkSQL } = await load('dt-sql-parser'); // Spark's own grammar
const cst = await load('sql-parser-cst');
await apache.init();
await polyglot.init();

const parsers = {
  sqlparser: (script, dialect) => apache.parse(script, dialect),
  polyglot: (script, dialect) => fail(polyglot.parse(script, dialect).error),
  'dt-sql-parser': script => fail(new SparkSQL().validate(script)[0]?.message),
  'sql-parser-cst': (script, dialect) => cst.parse(script, { dialect }),
};
const dialects = {
  bigquery: ['sql-parser-cst', 'sqlparser', 'polyglot'],
  clickhouse: ['sqlparser', 'polyglot'],
  snowflake: ['sqlparser', 'polyglot'],
  spark: ['dt-sql-parser', 'polyglot'], // sqlparser 0.62 does not know the escapes of Spark
};

function fail(error) {
  if (error) {
    throw new Error(error);
  }
}

for (const file of readdirSync(folder).sort()) {
  const script = readFileSync(join(folder, file), 'utf8');
  const dialect = extname(file).slice(1);
  for (const name of dialects[dialect]) {
    let error = '';
    try {
      parsers[name](script, dialect);
    } catch (exception) {
      error = String(exception.message ?? exception).replaceAll('\n', ' ').slice(0, 1000);
    }

    console.log(`${file} ${name} ${error}`.trim());
  }
}
