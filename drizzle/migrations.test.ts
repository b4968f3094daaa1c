import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadModule, parseSync } from "libpg-query";
import { expect, test } from "vitest";

/**
 * While an upgrade goes on, servers of the version before work on the tables of the new one. So a migration only adds:
 * nothing that they read goes or is called otherwise, nothing that they write is refused. And it locks no table that is
 * large for longer than a moment, for they answer meanwhile.
 */

await loadModule();

const FOLDER = join(import.meta.dirname, "migrations");

/** Written before there was a first release, when nobody had anything to upgrade. */
const BEFORE_THE_FIRST_RELEASE = ["0000_first", "0001_accounts", "0002_conversations_people_choose"];

/** What may be done though it is not only added, and why. As `migration: statement that the test names`. */
const ALLOWED: Record<string, string> = {
  "0003_find_what_is_cleared_away: index accounts_guests on accounts": "73 ms on 200,000 accounts",
  "0003_find_what_is_cleared_away: index conversations_deleted on conversations":
    "230 ms on 1,000,000 conversations",
  "0003_find_what_is_cleared_away: index conversations_temporary on conversations":
    "219 ms on 1,000,000 conversations",
};

type Node = Record<string, Record<string, unknown>>;
type Relation = { relname: string };

/** What in a migration is more than an addition. */
function sinsOf(sql: string): string[] {
  const made = new Set<string>();
  return (parseSync(sql) as unknown as { stmts: { stmt: Node }[] }).stmts.flatMap(({ stmt }) => {
    const [kind = "", body = {}] = Object.entries(stmt)[0] ?? [];
    const table = (body.relation as Relation | undefined)?.relname ?? "";
    switch (kind) {
      case "CreateStmt":
        made.add(table);
        return [];
      case "CreateFunctionStmt":
        return body.replace ? ["a function is replaced"] : [];
      case "IndexStmt":
        if (made.has(table)) return [];
        return body.unique ? [`unique ${table}`] : [`index ${body.idxname} on ${table}`];
      case "AlterTableStmt":
        return made.has(table) ? [] : (body.cmds as Node[]).flatMap((command) => sinOf(table, command));
      default:
        return [`${kind} ${table}`.trim()];
    }
  });
}

/** A change of a table that servers of the version before know. */
function sinOf(table: string, { AlterTableCmd: command = {} }: Node): string[] {
  const { subtype, name, def } = command as { subtype: string; name?: string; def?: Node };
  if (subtype === "AT_AddColumn") {
    const column = def?.ColumnDef as { colname: string; constraints?: { Constraint: { contype: string } }[] };
    const kinds = (column.constraints ?? []).map(({ Constraint }) => Constraint.contype);
    const isOptional = !kinds.includes("CONSTR_NOTNULL") || kinds.includes("CONSTR_DEFAULT");
    const isPlain = kinds.every((kind) => /^CONSTR_(NOTNULL|NULL|DEFAULT)$/.test(kind));
    if (isOptional && isPlain) return [];
    return [`${table}.${column.colname} must be given, or is checked`];
  }
  // A new default holds for what is written from now on, and what is written without is still taken.
  if (subtype === "AT_ColumnDefault" && def) return [];
  return [`${subtype} ${table}${name ? `.${name}` : ""}`];
}

test("migrations since the first release only add, and lock nothing large", () => {
  const found = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".sql"))
    .map((name) => name.replace(/\.sql$/, ""))
    .filter((name) => !BEFORE_THE_FIRST_RELEASE.includes(name))
    .flatMap((name) =>
      sinsOf(readFileSync(join(FOLDER, `${name}.sql`), "utf8")).map((sin) => `${name}: ${sin}`),
    );
  expect(found.toSorted()).toEqual(Object.keys(ALLOWED).toSorted());
});

test.each([
  ["alter table logs drop column head", "AT_DropColumn logs.head"],
  ["drop table logs", "DropStmt"],
  ["alter table logs rename column head to top", "RenameStmt logs"],
  ["alter table logs rename to pens", "RenameStmt logs"],
  ["alter table logs alter column head type integer", "AT_AlterColumnType logs.head"],
  ["alter table logs alter column worker_id set not null", "AT_SetNotNull logs.worker_id"],
  ["alter table logs alter column head drop default", "AT_ColumnDefault logs.head"],
  ["alter table logs add column size integer not null", "logs.size must be given, or is checked"],
  ["alter table logs add column size integer check (size > 0)", "logs.size must be given, or is checked"],
  ["alter table logs add constraint heads unique (head)", "AT_AddConstraint logs"],
  ["create index heads on logs (head)", "index heads on logs"],
  ["create unique index heads on logs (head)", "unique logs"],
  ["update logs set head = 1", "UpdateStmt logs"],
])("%s is more than an addition", (sql, sin) => {
  expect(sinsOf(sql)).toEqual([sin]);
});

test.each([
  "create table sizes (id uuid primary key, size integer not null); create index on sizes (size)",
  "create table sizes (id uuid primary key); alter table sizes add constraint of_log foreign key (id) references logs (log_id)",
  "alter table logs add column size integer; alter table logs add column kind text not null default 'log'",
])("%s is an addition", (sql) => {
  expect(sinsOf(sql)).toEqual([]);
});
