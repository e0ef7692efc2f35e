#include "registrar/store/shape.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/store/driver.h"

#define STATEMENT_BYTES_MOST 8000

/* The catalogue is the one thing that each database tells in its own words.  table, column, type, place in the primary
 * key; by table and column. */
static const char sqlite_columns[] =
    "SELECT m.name, c.name, lower(c.type), c.pk FROM sqlite_schema m, pragma_table_info(m.name) c"
    " WHERE m.type = 'table' AND ?1 <> '' ORDER BY m.name, c.name";
static const char postgresql_columns[] =
    "SELECT c.relname::text, a.attname::text, format_type(a.atttypid, -1),"
    " coalesce(array_position(x.indkey::int2[], a.attnum) + 1, 0)"
    " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " LEFT JOIN pg_index x ON x.indrelid = c.oid AND x.indisprimary"
    " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND ?1 <> ''"
    " ORDER BY c.relname, a.attname";

/* table, the table that it refers to, the column that refers. */
static const char sqlite_references[] =
    "SELECT m.name, f.\"table\", f.\"from\" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f"
    " WHERE m.type = 'table' AND ?1 <> '' ORDER BY 1, 2, 3";
static const char postgresql_references[] =
    "SELECT c.relname::text, p.relname::text, a.attname::text FROM pg_constraint k"
    " JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid"
    " JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)"
    " WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace AND ?1 <> '' ORDER BY 1, 2, 3";

static bool is_sqlite(const StoreTransaction *transaction)
{
    return transaction->driver == &driver_sqlite;
}

/* --- columns ----------------------------------------------------------------------------------------------------- */

static bool is_plain(const char *name)
{
    return name[0] && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

static bool kind_of(const char *type, ValueKind *ret)
{
    static const struct {
        const char *type;
        ValueKind kind;
    } kinds[] = { { "integer", VALUE_INT },
                  { "bigint", VALUE_INT },
                  { "text", VALUE_TEXT },
                  { "blob", VALUE_BLOB },
                  { "bytea", VALUE_BLOB } };

    for (size_t i = 0; i < COUNT(kinds); i++)
        if (strcmp(type, kinds[i].type) == 0) {
            *ret = kinds[i].kind;
            return true;
        }
    return false;
}

static ShapeTable *table_named(Shape *shape, const char *name)
{
    for (size_t i = 0; i < shape->table_count; i++)
        if (strcmp(shape->tables[i].name, name) == 0)
            return &shape->tables[i];
    return NULL;
}

const ShapeTable *shape_find(const Shape *shape, const char *name)
{
    return table_named((Shape *)(uintptr_t)shape, name);
}

static ShapeTable *add_table(Shape *shape, const char *name, Error *err)
{
    ShapeTable *table = &shape->tables[shape->table_count];

    if (shape->table_count == SHAPE_TABLES_MOST) {
        error_set(err, ERR_UNSUPPORTED, "more than %d tables", SHAPE_TABLES_MOST);
        return NULL;
    }
    shape->table_count++;
    str_copy_cut(str_from(name), table->name, sizeof table->name);
    return table;
}

/* Rows come by table; a table without an institution is the schema's own and stays out. */
static bool add_column(Shape *shape, const Rows *rows, Error *err)
{
    char table_name[SHAPE_NAME_SIZE], type[SHAPE_NAME_SIZE];
    ShapeColumn column = { .key = (int)rows_int(rows, 3) };

    rows_text(rows, 0, table_name, sizeof table_name);
    rows_text(rows, 1, column.name, sizeof column.name);
    rows_text(rows, 2, type, sizeof type);
    ShapeTable *table = table_named(shape, table_name);
    if (!table)
        return true;
    if (strcmp(column.name, "institution") == 0)
        return column.key == 1 ||
               error_set(err, ERR_UNSUPPORTED, "%s: its key does not begin with institution", table->name);
    if (table->column_count == SHAPE_COLUMNS_MOST || !is_plain(table->name) || !is_plain(column.name) ||
        !kind_of(type, &column.kind) || column.key > SHAPE_KEYS_MOST + 1)
        return error_set(err, ERR_UNSUPPORTED, "%s.%s can't be carried over", table->name, column.name);
    if (column.key > 1) {
        table->keys[column.key - 2] = table->column_count;
        table->key_count++;
    }
    table->columns[table->column_count++] = column;
    return true;
}

static bool add_if_institutions(Shape *shape, const Rows *rows, Error *err)
{
    char table[SHAPE_NAME_SIZE], column[SHAPE_NAME_SIZE];

    rows_text(rows, 0, table, sizeof table);
    rows_text(rows, 1, column, sizeof column);
    return strcmp(column, "institution") != 0 || add_table(shape, table, err);
}

static bool add_reference(Shape *shape, const Rows *rows, Error *err)
{
    char child[SHAPE_NAME_SIZE], parent[SHAPE_NAME_SIZE], column[SHAPE_NAME_SIZE];

    rows_text(rows, 0, child, sizeof child);
    rows_text(rows, 1, parent, sizeof parent);
    rows_text(rows, 2, column, sizeof column);
    ShapeTable *table = table_named(shape, child), *other = table_named(shape, parent);
    if (!table || !other || strcmp(column, "institution") == 0)
        return true;
    if (table != other) {
        if (table->parent_count == SHAPE_TABLES_MOST)
            return error_set(err, ERR_UNSUPPORTED, "%s refers to too much", table->name);
        table->parents[table->parent_count++] = (size_t)(other - shape->tables);
        return true;
    }
    if (table->has_own)
        return error_set(err, ERR_UNSUPPORTED, "%s refers to itself twice", table->name);
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, column) == 0) {
            table->has_own = true;
            table->own = i;
        }
    return true;
}

typedef bool (*RowEach)(Shape *shape, const Rows *rows, Error *err);

static bool each_row(Shape *shape, StoreTransaction *transaction, const char *sql, RowEach each, Error *err)
{
    OWNED_ROWS rows = { 0 };
    bool row;

    if (!rows_open(&rows, transaction, sql, NULL, 0, err) || !rows_next(&rows, &row, err))
        return false;
    while (row)
        if (!each(shape, &rows, err) || !rows_next(&rows, &row, err))
            return false;
    return true;
}

/* --- order ------------------------------------------------------------------------------------------------------- */

/* "institution" is everybody's parent: only references by other columns are counted, so it goes first by hand. */
static bool can_follow(const Shape *shape, const bool placed[], size_t at)
{
    for (size_t i = 0; i < shape->tables[at].parent_count; i++)
        if (!placed[shape->tables[at].parents[i]])
            return false;
    return !placed[at];
}

static bool put_in_order(Shape *shape, Error *err)
{
    bool placed[SHAPE_TABLES_MOST] = { false };
    size_t count = 0, before;
    const ShapeTable *institution = shape_find(shape, "institution");

    if (!institution)
        return error_set(err, ERR_UNSUPPORTED, "this is no registrar's database");
    shape->order[count++] = (size_t)(institution - shape->tables);
    placed[shape->order[0]] = true;
    do {
        before = count;
        for (size_t i = 0; i < shape->table_count; i++)
            if (can_follow(shape, placed, i)) {
                shape->order[count++] = i;
                placed[i] = true;
            }
    } while (count > before);
    return count == shape->table_count || error_set(err, ERR_UNSUPPORTED, "tables refer to each other in a circle");
}

/* --- statements -------------------------------------------------------------------------------------------------- */

static void add_keys(const ShapeTable *table, Buf *sql)
{
    for (size_t i = 0; i < table->key_count; i++)
        buf_add_format(sql, "%s\"%s\"", i > 0 ? ", " : "", table->columns[table->keys[i]].name);
}

static void write_select(const ShapeTable *table, bool after, Buf *sql)
{
    buf_add_text(sql, "SELECT institution");
    for (size_t i = 0; i < table->column_count; i++)
        buf_add_format(sql, ", \"%s\"", table->columns[i].name);
    buf_add_format(sql, " FROM \"%s\" WHERE institution = ?1", table->name);
    if (table->key_count == 0)
        return; /* one row at most */
    if (after) {
        buf_add_text(sql, " AND (");
        add_keys(table, sql);
        buf_add_text(sql, ") > (");
        for (size_t i = 0; i < table->key_count; i++)
            buf_add_format(sql, "%s?%zu", i > 0 ? ", " : "", i + 2);
        buf_add_byte(sql, ')');
    }
    buf_add_text(sql, " ORDER BY ");
    add_keys(table, sql);
    buf_add_format(sql, " LIMIT %d", SHAPE_PAGE);
}

/* A table of one row for each institution may have it already: store_open makes the institution's own. */
static void write_insert(const ShapeTable *table, Buf *sql)
{
    buf_add_format(sql, "INSERT INTO \"%s\" (institution", table->name);
    for (size_t i = 0; i < table->column_count; i++)
        buf_add_format(sql, ", \"%s\"", table->columns[i].name);
    buf_add_text(sql, ") VALUES (?1");
    for (size_t i = 0; i < table->column_count; i++)
        buf_add_format(sql, ", ?%zu", i + 2);
    buf_add_byte(sql, ')');
    if (table->key_count == 0) {
        buf_add_text(sql, " ON CONFLICT (institution) DO UPDATE SET ");
        for (size_t i = 0; i < table->column_count; i++)
            buf_add_format(sql, "%s\"%s\" = excluded.\"%s\"", i > 0 ? ", " : "", table->columns[i].name,
                           table->columns[i].name);
    }
}

static void write_refer(const ShapeTable *table, Buf *sql)
{
    buf_add_format(sql, "UPDATE \"%s\" SET \"%s\" = ?2 WHERE institution = ?1", table->name,
                   table->columns[table->own].name);
    for (size_t i = 0; i < table->key_count; i++)
        buf_add_format(sql, " AND \"%s\" = ?%zu", table->columns[table->keys[i]].name, i + 3);
}

static bool write_statements(Shape *shape, Error *err)
{
    for (size_t i = 0; i < shape->table_count; i++) {
        ShapeTable *table = &shape->tables[i];

        if (table->column_count == 0)
            return error_set(err, ERR_UNSUPPORTED, "%s has no columns", table->name);
        write_select(table, false, &table->first);
        write_select(table, true, &table->next);
        buf_add_format(&table->count, "SELECT count(*) FROM \"%s\" WHERE institution = ?1", table->name);
        write_insert(table, &table->insert);
        if (table->has_own)
            write_refer(table, &table->refer);
        if (!buf_ok(&table->first, err) || !buf_ok(&table->next, err) || !buf_ok(&table->count, err) ||
            !buf_ok(&table->insert, err) || !buf_ok(&table->refer, err))
            return error_add(err, "%s", table->name);
    }
    return true;
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

Shape *shape_read(StoreTransaction *transaction, Error *err)
{
    OWNED(Shape) shape = mem_new(1, sizeof *shape);
    const char *columns = is_sqlite(transaction) ? sqlite_columns : postgresql_columns;

    if (!shape) {
        error_set(err, ERR_MEMORY, "tables");
        return NULL;
    }
    for (size_t i = 0; i < SHAPE_TABLES_MOST; i++) {
        ShapeTable *table = &shape->tables[i];
        Buf *const statements[] = { &table->first, &table->next, &table->count, &table->insert, &table->refer };

        for (size_t k = 0; k < COUNT(statements); k++)
            buf_init(statements[k], STATEMENT_BYTES_MOST);
    }
    if (!each_row(shape, transaction, columns, add_if_institutions, err) ||
        !each_row(shape, transaction, columns, add_column, err) ||
        !each_row(shape, transaction, is_sqlite(transaction) ? sqlite_references : postgresql_references, add_reference,
                  err) ||
        !put_in_order(shape, err) || !write_statements(shape, err)) {
        error_add(err, "tables");
        return NULL;
    }
    return steal(&shape);
}

void shape_free(Shape *shape)
{
    for (size_t i = 0; shape && i < SHAPE_TABLES_MOST; i++) {
        buf_fini(&shape->tables[i].first);
        buf_fini(&shape->tables[i].next);
        buf_fini(&shape->tables[i].count);
        buf_fini(&shape->tables[i].insert);
        buf_fini(&shape->tables[i].refer);
    }
    mem_free(shape);
}
