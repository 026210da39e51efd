/** MaxCompute's words, as highlighting and completion know them. Source: its public list of keywords and types. */
import { SQLDialect } from '@codemirror/lang-sql'
import { FUNCTIONS } from './functions.ts'

export const KEYWORDS =
  'add after all alter analyze and anti archive as asc between bucket buckets by cascade case cast change cluster clustered column columns comment create cross cube current database databases default delete desc describe directory disable distinct distribute drop else enable end except exists explain export extended external false fields filter first following format formatted from full function functions grant group grouping having if import in index inner insert intersect into is join key last lateral left lifecycle like limit list load local location locked lock map materialized merge minus named natural not null nulls of offset on operator or order out outer over overwrite partition partitioned partitions preceding primary purge range recover rename repair replace restrict revoke right rlike role rollup row rows schema schemas select semi serde serdeproperties set sets show skewed sort statistics stored table tables tablesample tblproperties temporary then to touch truncate true unbounded union unlock update use using values view when where window with within zorder'

const TYPES =
  'array bigint binary boolean char date datetime decimal double float int interval json map smallint string struct timestamp timestamp_ntz tinyint varchar'

export const MaxCompute = SQLDialect.define({
  keywords: KEYWORDS,
  types: TYPES,
  builtin: Object.keys(FUNCTIONS).join(' '),
  doubleQuotedStrings: true,
  backslashEscapes: true,
  identifierQuotes: '`',
  spaceAfterDashes: false,
  operatorChars: '*+-%<>!=&|^/~',
  caseInsensitiveIdentifiers: true,
})
