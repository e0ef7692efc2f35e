/* What tables a database has, as it says itself, and the statements that carry their rows over: so that a table of a
 * later schema comes along without a line more.  Inside store/ alone. */
#ifndef REGISTRAR_STORE_SHAPE_H
#define REGISTRAR_STORE_SHAPE_H

#include "registrar/store/transaction.h"

#define SHAPE_TABLES_MOST  96
#define SHAPE_COLUMNS_MOST (PARAMETERS_MOST - 1) /* beside the institution */
#define SHAPE_KEYS_MOST    6                     /* columns of a primary key, beside the institution */
#define SHAPE_NAME_SIZE    64
#define SHAPE_PAGE         200 /* rows of one question */

typedef struct ShapeColumn {
    char name[SHAPE_NAME_SIZE];
    ValueKind kind;
    int key; /* 1..: its place in the primary key; 0: not in it */
} ShapeColumn;

typedef struct ShapeTable {
    char name[SHAPE_NAME_SIZE];
    size_t column_count; /* without the institution, by name: the same order in every database */
    ShapeColumn columns[SHAPE_COLUMNS_MOST];
    size_t key_count;
    size_t keys[SHAPE_KEYS_MOST]; /* the key's columns, in its order */
    size_t parent_count;
    size_t parents[SHAPE_TABLES_MOST]; /* tables whose rows must be there first */
    bool has_own;                      /* a column refers to a row of the same table */
    size_t own;                        /* which */
    Buf first, next; /* SELECT all columns of the first SHAPE_PAGE rows by key; of those after a key (?2, ...) */
    Buf count;       /* SELECT how many */
    Buf insert;      /* ?2, ... all columns */
    Buf refer;       /* UPDATE own: ?2, of the row of key ?3, ... */
} ShapeTable;

typedef struct Shape {
    size_t table_count; /* those of institutions, by name */
    ShapeTable tables[SHAPE_TABLES_MOST];
    size_t order[SHAPE_TABLES_MOST]; /* parents first */
} Shape;

/* The shape must outlive the connection: its statements are kept ready there.  ERR_UNSUPPORTED: a table that these
 * statements can't carry, by name. */
Shape *shape_read(StoreTransaction *transaction, Error *err) MUST_USE;
void shape_free(Shape *shape);
OWNED_BY(Shape, shape_free)

/* NULL: there is no such table. */
const ShapeTable *shape_find(const Shape *shape, const char *name);

#endif
