#include "registrar/store/transfer.h"

#include <string.h>

#include "base/crypto.h"
#include "registrar/store/driver.h"
#include "registrar/store/shape.h"

#define ROW_BYTES_MOST (64u << 20)

/* How many rows, and the sum of their hashes: the same in whatever order they come. */
typedef struct Tally {
    int64_t rows;
    uint64_t sum[SHA256_SIZE / sizeof(uint64_t)];
} Tally;

typedef struct Transfer {
    Store *to;
    StoreTransaction *source; /* while `from` is held */
    Shape *from_shape, *to_shape;
    TransferResult result;
} Transfer;

/* What stays with its database: what its own writers leave for themselves. */
static bool is_its_own(const ShapeTable *table)
{
    return strcmp(table->name, "commit_mark") == 0;
}

/* --- rows -------------------------------------------------------------------------------------------------------- */

static void read_values(const ShapeTable *table, const Rows *rows, Value values[])
{
    for (size_t i = 0; i < table->column_count; i++) {
        int column = (int)i + 1;

        values[i] = rows_is_null(rows, column) ? NOTHING
                    : table->columns[i].kind == VALUE_INT
                        ? INT(rows_int(rows, column))
                        : (Value){ .kind = table->columns[i].kind, .bytes = rows_bytes(rows, column) };
    }
}

/* Kind, length and bytes of each value, so that no two rows are spelled alike. */
static bool tally_row(const ShapeTable *table, const Value values[], Buf *spelled, Tally *tally, Error *err)
{
    uint8_t hash[SHA256_SIZE];

    buf_clear(spelled);
    for (size_t i = 0; i < table->column_count; i++) {
        const uint64_t head[] = { (uint64_t)values[i].kind, values[i].bytes.len, (uint64_t)values[i].number };

        buf_add(spelled, head, sizeof head);
        buf_add_str(spelled, values[i].bytes);
    }
    if (!buf_ok(spelled, err) || !sha256(buf_str(spelled), hash, err))
        return false;
    for (size_t i = 0; i < COUNT(tally->sum); i++) {
        uint64_t part;

        memcpy(&part, hash + i * sizeof part, sizeof part);
        tally->sum[i] += part;
    }
    tally->rows++;
    return true;
}

static bool tallies_equal(const Tally *a, const Tally *b)
{
    return a->rows == b->rows && memcmp(a->sum, b->sum, sizeof a->sum) == 0;
}

/* A row's key: what follows it is the next page. */
typedef struct Place {
    size_t count;
    Value values[SHAPE_KEYS_MOST];
    Buf bytes[SHAPE_KEYS_MOST];
} Place;

static void place_init(Place *place)
{
    *place = (Place){ 0 };
    for (size_t i = 0; i < SHAPE_KEYS_MOST; i++)
        buf_init(&place->bytes[i], 64u << 10);
}

static void place_fini(Place *place)
{
    for (size_t i = 0; i < SHAPE_KEYS_MOST; i++)
        buf_fini(&place->bytes[i]);
}
#define OWNED_PLACE __attribute__((cleanup(place_fini))) Place

static bool place_set(Place *place, const ShapeTable *table, const Value values[], Error *err)
{
    place->count = table->key_count;
    for (size_t i = 0; i < table->key_count; i++) {
        place->values[i] = values[table->keys[i]];
        buf_clear(&place->bytes[i]);
        buf_add_str(&place->bytes[i], place->values[i].bytes);
        if (!buf_ok(&place->bytes[i], err))
            return false;
        place->values[i].bytes = buf_str(&place->bytes[i]);
    }
    return true;
}

typedef bool (*RowEach)(void *ctx, const ShapeTable *table, const Value values[], Error *err);

/* At most SHAPE_PAGE rows after `after`; *ret_read: how many; the last one's key goes into last, which is another
 * place, since a query that is open still reads the values that it was opened with. */
static bool walk_page(StoreTransaction *transaction, const ShapeTable *table, const Place *after, Place *last,
                      RowEach each, void *ctx, size_t *ret_read, Error *err)
{
    OWNED_ROWS rows = { 0 };
    Value values[SHAPE_COLUMNS_MOST];
    bool row;

    *ret_read = 0;
    if (!rows_open(&rows, transaction, buf_text(after->count == 0 ? &table->first : &table->next), after->values,
                   after->count, err) ||
        !rows_next(&rows, &row, err))
        return false;
    while (row) {
        read_values(table, &rows, values);
        if (!each(ctx, table, values, err) || !place_set(last, table, values, err) || !rows_next(&rows, &row, err))
            return false;
        (*ret_read)++;
    }
    return true;
}

/* Page after page, so that a table of any size needs the memory of one. */
static bool walk(StoreTransaction *transaction, const ShapeTable *table, RowEach each, void *ctx, Error *err)
{
    OWNED_PLACE one;
    OWNED_PLACE other;
    size_t read = SHAPE_PAGE;

    place_init(&one);
    place_init(&other);
    for (Place *after = &one, *last = &other; read == SHAPE_PAGE;) {
        if (!walk_page(transaction, table, after, last, each, ctx, &read, err))
            return error_add(err, "%s", table->name);
        Place *swapped = after;
        after = last;
        last = swapped;
    }
    return true;
}

/* --- counting ---------------------------------------------------------------------------------------------------- */

typedef struct Counting {
    Tally tally;
    Buf spelled;
} Counting;

static bool count_row(void *ctx, const ShapeTable *table, const Value values[], Error *err)
{
    Counting *counting = ctx;

    return tally_row(table, values, &counting->spelled, &counting->tally, err);
}

/* The database's own count, by which walking is judged too. */
static bool check_count(StoreTransaction *transaction, const ShapeTable *table, int64_t walked, Error *err)
{
    OWNED_ROWS rows = { 0 };
    bool row;

    if (!rows_open(&rows, transaction, buf_text(&table->count), NULL, 0, err) || !rows_next(&rows, &row, err))
        return error_add(err, "%s", table->name);
    int64_t counted = row ? rows_int(&rows, 0) : 0;
    return counted == walked || error_set(err, ERR_INTERNAL, "%s: %lld rows were read, it has %lld", table->name,
                                          (long long)walked, (long long)counted);
}

static bool count_table(StoreTransaction *transaction, const ShapeTable *table, Tally *ret, Error *err)
{
    Counting counting = { 0 };

    buf_init(&counting.spelled, ROW_BYTES_MOST);
    bool done = walk(transaction, table, count_row, &counting, err);
    buf_fini(&counting.spelled);
    *ret = counting.tally;
    return done && check_count(transaction, table, ret->rows, err);
}

/* --- copying ----------------------------------------------------------------------------------------------------- */

typedef struct Copying {
    StoreTransaction *target;
    const ShapeTable *to;
    Counting counting;
} Copying;

/* A row that refers to another of its table goes without that at first: the other may come later. */
static bool copy_row(void *ctx, const ShapeTable *table, const Value values[], Error *err)
{
    Copying *copying = ctx;
    Value put[SHAPE_COLUMNS_MOST];

    memcpy(put, values, table->column_count * sizeof *put);
    if (table->has_own)
        put[table->own] = NOTHING;
    return count_row(&copying->counting, table, values, err) &&
           store_run(copying->target, buf_text(&copying->to->insert), put, table->column_count, NULL, err);
}

static bool refer_row(void *ctx, const ShapeTable *table, const Value values[], Error *err)
{
    Copying *copying = ctx;
    Value put[SHAPE_KEYS_MOST + 1] = { values[table->own] };

    for (size_t i = 0; i < table->key_count; i++)
        put[i + 1] = values[table->keys[i]];
    return values[table->own].kind == VALUE_NULL ||
           store_run(copying->target, buf_text(&copying->to->refer), put, table->key_count + 1, NULL, err);
}

static bool copy_table(Transfer *transfer, StoreTransaction *target, const ShapeTable *from, const ShapeTable *to,
                       Error *err)
{
    Copying copying = { .target = target, .to = to };
    Tally arrived;

    buf_init(&copying.counting.spelled, ROW_BYTES_MOST);
    bool done = walk(transfer->source, from, copy_row, &copying, err) &&
                check_count(transfer->source, from, copying.counting.tally.rows, err) &&
                (!from->has_own || walk(transfer->source, from, refer_row, &copying, err));
    buf_fini(&copying.counting.spelled);
    if (!done || !count_table(target, to, &arrived, err))
        return false;
    if (!tallies_equal(&copying.counting.tally, &arrived))
        return error_set(err, ERR_STORE, "%s: %lld rows left, %lld other ones arrived", from->name,
                         (long long)copying.counting.tally.rows, (long long)arrived.rows);
    transfer->result.tables++;
    transfer->result.rows += arrived.rows;
    return true;
}

/* --- what is there ----------------------------------------------------------------------------------------------- */

static bool shapes_match(const Shape *a, const Shape *b, Error *err)
{
    for (size_t i = 0; i < a->table_count; i++) {
        const ShapeTable *table = &a->tables[i], *other = shape_find(b, table->name);
        bool same = other && other->column_count == table->column_count && other->has_own == table->has_own &&
                    other->own == table->own && other->key_count == table->key_count &&
                    memcmp(other->keys, table->keys, table->key_count * sizeof *table->keys) == 0;

        for (size_t k = 0; same && k < table->column_count; k++)
            same = strcmp(table->columns[k].name, other->columns[k].name) == 0 &&
                   table->columns[k].kind == other->columns[k].kind;
        if (!same)
            return error_set(err, ERR_UNSUPPORTED, "table %s is another one there", table->name);
    }
    return a->table_count == b->table_count || error_set(err, ERR_UNSUPPORTED, "there are other tables there");
}

static bool has_row(void *ctx, const ShapeTable *table, const Value values[], Error *err)
{
    (void)table;
    (void)values;
    (void)err;
    *(bool *)ctx = true;
    return true;
}

/* store_open has made the institution's own row; any other is of a register. */
static bool is_empty(Transfer *transfer, StoreTransaction *target, bool *ret, Error *err)
{
    bool found = false;

    for (size_t i = 0; i < transfer->to_shape->table_count && !found; i++) {
        const ShapeTable *table = &transfer->to_shape->tables[i];
        const Place start = { 0 };
        OWNED_PLACE last;
        size_t read;

        place_init(&last);
        if (!is_its_own(table) && strcmp(table->name, "institution") != 0 &&
            !walk_page(target, table, &start, &last, has_row, &found, &read, err))
            return error_add(err, "%s", table->name);
    }
    *ret = !found;
    return true;
}

static bool compare_all(Transfer *transfer, StoreTransaction *target, Error *err)
{
    for (size_t i = 0; i < transfer->from_shape->table_count; i++) {
        const ShapeTable *from = &transfer->from_shape->tables[i], *to = shape_find(transfer->to_shape, from->name);
        Tally here, there;

        if (is_its_own(from))
            continue;
        if (!count_table(transfer->source, from, &here, err) || !count_table(target, to, &there, err))
            return false;
        if (!tallies_equal(&here, &there))
            return error_set(err, ERR_EXISTS, "it holds another register of this institution already");
        transfer->result.tables++;
        transfer->result.rows += here.rows;
    }
    transfer->result.was_there = true;
    return true;
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

/* PostgreSQL ends a transaction that asks nothing for a while: one of two waits for the other here. */
static bool take_time(StoreTransaction *transaction, Error *err)
{
    return transaction->driver == &driver_sqlite ||
           transaction->driver->script(
               transaction, "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0", err);
}

static bool copy_all(StoreTransaction *target, void *arg, Error *err)
{
    Transfer *transfer = arg;
    bool empty;

    transfer->result = (TransferResult){ 0 };
    if (!take_time(target, err))
        return false;
    if (!transfer->to_shape)
        transfer->to_shape = shape_read(target, err);
    if (!transfer->to_shape || !shapes_match(transfer->from_shape, transfer->to_shape, err) ||
        !is_empty(transfer, target, &empty, err))
        return false;
    if (!empty)
        return compare_all(transfer, target, err);
    for (size_t i = 0; i < transfer->from_shape->table_count; i++) {
        const ShapeTable *from = &transfer->from_shape->tables[transfer->from_shape->order[i]];

        if (!is_its_own(from) && !copy_table(transfer, target, from, shape_find(transfer->to_shape, from->name), err))
            return false;
    }
    return true;
}

static bool hold_source(StoreTransaction *source, void *arg, Error *err)
{
    Transfer *transfer = arg;

    transfer->source = source;
    if (!take_time(source, err))
        return false;
    if (!transfer->from_shape)
        transfer->from_shape = shape_read(source, err);
    return transfer->from_shape && store_write(transfer->to, copy_all, transfer, err);
}

typedef bool (*Hold)(Store *store, StoreAct act, void *arg, Error *err);

static bool carry(const char *from, const char *to, const char *institution, Hold hold, Transfer *transfer, Error *err)
{
    OWNED(Store) source = store_open(from, institution, NULL, err);
    if (!source)
        return error_add(err, "from");
    OWNED(Store) target = store_open(to, institution, NULL, err);
    if (!target)
        return error_add(err, "to");
    transfer->to = target;
    return hold(source, hold_source, transfer, err);
}

/* The shapes outlive both stores, whose connections know statements by where they lie. */
static bool carry_whole(const char *from, const char *to, const char *institution, Hold hold, TransferResult *ret,
                        Error *err)
{
    Transfer transfer = { 0 };
    bool done = carry(from, to, institution, hold, &transfer, err);

    *ret = transfer.result;
    shape_free(transfer.from_shape);
    shape_free(transfer.to_shape);
    return done || error_add(err, "transfer");
}

bool store_transfer(const char *from, const char *to, const char *institution, TransferResult *ret, Error *err)
{
    return carry_whole(from, to, institution, store_write, ret, err);
}

bool store_snapshot(const char *from, const char *to, const char *institution, TransferResult *ret, Error *err)
{
    return carry_whole(from, to, institution, store_read, ret, err);
}
