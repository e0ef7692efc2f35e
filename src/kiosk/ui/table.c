#include "kiosk/ui/table.h"

#define MM_ROW   15.0F
#define MM_PAD   8.0F
#define MM_GAP   4.0F
#define MM_HAIR  0.6F
#define MM_APART 3.0F /* of two targets, with a line between */
#define MM_LEAST 60.0F
#define MM_LABEL 2.0F /* between a label and its value in a list */

static void add_line(Tree *tree)
{
    tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = MM_HAIR, .fill = COLOUR_LINE });
}

/* The columns' weights, in the arena. */
static const float *weights_of(Tree *tree, const Table *table)
{
    float weights[TABLE_COLUMNS_MOST];

    for (size_t i = 0; i < table->column_count; i++)
        weights[i] = table->columns[i].weight;
    return tree_numbers(tree, weights, table->column_count);
}

/* Of a row beyond its words; what is pressed darkens so far. */
static float row_pad(const Table *table)
{
    return table->touched ? MM_PAD / 2 : 0;
}

static Style line_style(Tree *tree, const Table *table)
{
    return (Style){ .columns = (unsigned)table->column_count,
                    .weights = weights_of(tree, table),
                    .gap = MM_GAP,
                    .pad_left = row_pad(table),
                    .pad_right = row_pad(table) };
}

/* Rules end where words do, and the bar of what scrolls stands beside them. */
static Style inset(const Table *table, Style style)
{
    style.pad_left = style.pad_right = MM_PAD - row_pad(table);
    return style;
}

static Style cell_style(const TableColumn *column)
{
    return (Style){ .justify = JUSTIFY_CENTRE,
                    .text_align = column->figures ? ALIGN_END : ALIGN_START,
                    .tabular = column->figures,
                    .weight = column->strong ? WEIGHT_SEMIBOLD : WEIGHT_OF_ROLE };
}

void table_open(Tree *tree, const Table *table)
{
    Style all = { .grow = table->scrolls ? 1 : 0, .min_height = table->scrolls ? MM_LEAST : 0 };
    Style rows = { .scroll = table->scrolls, .grow = table->scrolls ? 1 : 0, .gap = table->touched ? MM_APART / 2 : 0 };

    assert(table->column_count >= 1 && table->column_count <= TABLE_COLUMNS_MOST);
    tree_open(tree, ROLE_GROUP, NULL, NULL, all);
    if (!table->list && !table->headless) {
        tree_open(tree, ROLE_GROUP, NULL, NULL, inset(table, (Style){ 0 }));
        tree_open(tree, ROLE_GROUP, NULL, NULL, line_style(tree, table));
        for (size_t i = 0; i < table->column_count; i++) {
            Style head = cell_style(&table->columns[i]);
            head.text = TEXT_CAPTION;
            head.weight = WEIGHT_REGULAR;
            head.tabular = false;
            head.ink = COLOUR_INK_SOFT;
            head.justify = JUSTIFY_END;
            head.pad_bottom = 2;
            tree_leaf(tree, ROLE_TEXT, NULL, table->columns[i].head, head);
        }
        tree_close(tree);
        add_line(tree);
        tree_close(tree);
    }
    tree_open(tree, ROLE_GROUP, table->id, NULL, inset(table, rows));
}

/* "Subject: Statistics, Credits: 6": what is empty isn't said. */
static const char *sentence(Tree *tree, const Table *table, const char *const *cells)
{
    OWNED_BUF buf;

    buf_init(&buf, 4096);
    for (size_t i = 0; i < table->column_count; i++) {
        if (!*cells[i])
            continue;
        if (buf.len > 0)
            buf_add_text(&buf, ", ");
        if (*table->columns[i].head)
            buf_add_format(&buf, "%s: ", table->columns[i].head);
        buf_add_text(&buf, cells[i]);
    }
    return buf_ok(&buf, NULL) ? tree_text(tree, buf_text(&buf)) : "";
}

static void add_cells(Tree *tree, const Table *table, const char *const *cells)
{
    for (size_t i = 0; i < table->column_count; i++)
        tree_leaf(tree, ROLE_TEXT, NULL, cells[i], cell_style(&table->columns[i]));
}

/* The first cell as a heading, the others below it as label and value. */
static void add_list(Tree *tree, const Table *table, const char *const *cells)
{
    tree_leaf(tree, ROLE_TEXT, NULL, cells[0], (Style){ .weight = WEIGHT_SEMIBOLD });
    for (size_t i = 1; i < table->column_count; i++) {
        if (!*cells[i])
            continue;
        tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .gap = MM_GAP, .align = ALIGN_BASELINE });
        tree_leaf(tree, ROLE_TEXT, NULL, table->columns[i].head,
                  (Style){ .grow = 1, .text = TEXT_CAPTION, .ink = COLOUR_INK_SOFT });
        tree_leaf(tree, ROLE_TEXT, NULL, cells[i],
                  (Style){ .tabular = table->columns[i].figures,
                           .text_align = ALIGN_END,
                           .weight = table->columns[i].strong ? WEIGHT_SEMIBOLD : WEIGHT_OF_ROLE });
        tree_close(tree);
    }
}

Node *table_row(Tree *tree, const Table *table, const char *id, const char *const *cells, Send send)
{
    bool touched = send.act != 0;
    Style style = table->list ? (Style){ .gap = MM_LABEL, .pad_left = row_pad(table), .pad_right = row_pad(table) }
                              : line_style(tree, table);
    Node *row;

    style.min_height = table->row > 0 ? table->row : MM_ROW;
    style.pad_top = style.pad_bottom = 3;
    row = tree_open(tree, touched ? ROLE_BUTTON : ROLE_ROW, id, "", style);
    row->send = send;
    row->said = sentence(tree, table, cells);
    if (table->list)
        add_list(tree, table, cells);
    else
        add_cells(tree, table, cells);
    tree_close(tree);
    add_line(tree);
    return row;
}

void table_close(Tree *tree, const Table *table)
{
    (void)table;
    tree_close(tree); /* rows */
    tree_close(tree);
}
