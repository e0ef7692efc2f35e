/* Tables: columns by weights, figures aligned, light rules, heads that stay while the rows scroll; at large text each
 * row becomes a list of labels and values.  A row is spoken as one sentence, "Subject: Statistics, Credits: 6".
 *
 *     table_open(tree, &table);
 *     for each record: table_row(tree, &table, "results.17", cells);
 *     table_close(tree, &table); */
#ifndef KIOSK_UI_TABLE_H
#define KIOSK_UI_TABLE_H

#include "kiosk/ui/tree.h"

#define TABLE_COLUMNS_MOST 8

typedef struct TableColumn {
    const char *head; /* translated */
    float weight;     /* of its width */
    bool figures;     /* at the right, in equal cells */
    bool strong;      /* semibold */
} TableColumn;

typedef struct Table {
    const char *id;             /* of what scrolls; NULL where it doesn't */
    const TableColumn *columns; /* the first names the row */
    size_t column_count;        /* 1..TABLE_COLUMNS_MOST */
    bool touched;               /* rows are touched: they stand apart */
    bool scrolls;               /* takes the height that is left, down to 60 mm, and its rows scroll */
    bool headless;              /* its heads are spoken, and drawn by another table above it alone */
    bool list; /* labels and values: for text at 150 % and more, or where columns would be too narrow */
    float row; /* mm of a row's least height; 0: 15 */
} Table;

void table_open(Tree *tree, const Table *table);
/* cells: one a column, translated, copied.  send: act 0: the row can't be touched. */
Node *table_row(Tree *tree, const Table *table, const char *id, const char *const *cells, Send send);
void table_close(Tree *tree, const Table *table);

#endif
