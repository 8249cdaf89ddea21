// ClickHouse inside this process. One request a line, { "sql": ["..."], "output": "path" }; one answer a line, the error or null.
// Usage: node clickhouse.mjs FOLDER-OF-PACKAGES FOLDER-OF-DATA
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const [packages, data] = process.argv.slice(2);
const { Session } = createRequire(`${packages}/package.json`)('chdb');
const session = new Session(data);
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let error = null;
  try {
    let rows = '';
    for (const sql of request.sql) {
      rows = session.query(sql, 'TabSeparated');
    }

    if (request.output) {
      writeFileSync(request.output, rows);
    }
  } catch (exception) {
    error = String(exception.message).slice(0, 5000);
  }

  console.log(JSON.stringify(error));
}
