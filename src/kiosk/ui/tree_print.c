/* A tree as text: for failed expectations. */
#include <string.h>

#include "kiosk/ui/tree.h"

static const char *const role_names[] = {
    [ROLE_GROUP] = "group",   [ROLE_HEADING] = "heading", [ROLE_TEXT] = "text",         [ROLE_BUTTON] = "button",
    [ROLE_CHOICE] = "choice", [ROLE_FIELD] = "field",     [ROLE_KEY] = "key",           [ROLE_IMAGE] = "image",
    [ROLE_STATUS] = "status", [ROLE_ALERT] = "alert",     [ROLE_PROGRESS] = "progress", [ROLE_CHECK] = "check box",
    [ROLE_TAB] = "tab",       [ROLE_ROW] = "row",         [ROLE_CHART] = "chart",       [ROLE_DIALOG] = "dialog",
};
static_assert(COUNT(role_names) == ROLE_COUNT, "one name per Role");

static const struct {
    NodeState bit;
    const char *name;
} state_names[] = {
    { NODE_DISABLED, "disabled" }, { NODE_CHOSEN, "chosen" }, { NODE_FILLING, "filling" }, { NODE_SECRET, "secret" },
    { NODE_FAULTY, "faulty" },     { NODE_MAIN, "main" },     { NODE_LEAVE, "leave" },
};

void tree_words(Buf *buf, const char *text, bool secret)
{
    for (Str rest = str_from(text); rest.len > 0;) {
        uint32_t c = utf8_next(&rest);
        if (secret)
            buf_add_byte(buf, '*');
        else
            buf_add_char(buf, c == '\n' ? ' ' : c);
    }
}

static size_t depth_of(const Tree *tree, const Node *node)
{
    size_t depth = 0;

    for (; node->parent != NODE_NONE; node = tree_at(tree, node->parent))
        depth++;
    return depth;
}

static void print_states(const Node *node, Buf *buf)
{
    static const char first[] = " [";
    const char *between = first;

    for (size_t i = 0; i < COUNT(state_names); i++)
        if (node->state & state_names[i].bit) {
            buf_add_format(buf, "%s%s", between, state_names[i].name);
            between = " ";
        }
    if (between != first)
        buf_add_byte(buf, ']');
}

static void print_node(const Tree *tree, const Node *node, Buf *buf)
{
    bool secret = node->state & NODE_SECRET;

    for (size_t depth = depth_of(tree, node); depth > 0; depth--)
        buf_add_text(buf, "  ");
    buf_add_format(buf, "%s %s \"", role_names[node->role], *node->id ? node->id : "-");
    tree_words(buf, node->label, false);
    buf_add_byte(buf, '"');
    if (*node->value) {
        buf_add_text(buf, " = ");
        tree_words(buf, node->value, secret);
    }
    if (*node->error) {
        buf_add_text(buf, " error \"");
        tree_words(buf, node->error, false);
        buf_add_byte(buf, '"');
    }
    if (*node->said) {
        buf_add_text(buf, " said \"");
        tree_words(buf, node->said, false);
        buf_add_byte(buf, '"');
    }
    if (node->icon)
        buf_add_format(buf, " icon %s", node->icon);
    print_states(node, buf);
    buf_add_format(buf, " %d,%d %dx%d%s\n", node->rect.x, node->rect.y, node->rect.w, node->rect.h,
                   node->cut ? " CUT" : "");
}

void tree_print(const Tree *tree, Buf *buf)
{
    for (size_t i = 0; i < tree_count(tree); i++)
        print_node(tree, tree_at(tree, i), buf);
}
