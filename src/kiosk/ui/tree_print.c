/* A tree as text: for failed expectations, and as the words that are spoken. */
#include <string.h>

#include "kiosk/ui/tree.h"

static const char *const role_names[] = {
    [ROLE_GROUP] = "group",   [ROLE_HEADING] = "heading", [ROLE_TEXT] = "text",         [ROLE_BUTTON] = "button",
    [ROLE_CHOICE] = "choice", [ROLE_FIELD] = "field",     [ROLE_KEY] = "key",           [ROLE_IMAGE] = "image",
    [ROLE_STATUS] = "status", [ROLE_ALERT] = "alert",     [ROLE_PROGRESS] = "progress",
};
static_assert(COUNT(role_names) == ROLE_COUNT, "one name per Role");

static const struct {
    NodeState bit;
    const char *name;
} state_names[] = {
    { NODE_DISABLED, "disabled" }, { NODE_CHOSEN, "chosen" }, { NODE_FILLING, "filling" },
    { NODE_SECRET, "secret" },     { NODE_FAULTY, "faulty" }, { NODE_MAIN, "main" },
};

/* Stars for a secret, as many as it has characters; line ends as spaces. */
static void add_words(Buf *buf, const char *text, bool secret)
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
    const char *between = " [";

    for (size_t i = 0; i < COUNT(state_names); i++)
        if (node->state & state_names[i].bit) {
            buf_add_format(buf, "%s%s", between, state_names[i].name);
            between = " ";
        }
    if (node->state != 0)
        buf_add_byte(buf, ']');
}

static void print_node(const Tree *tree, const Node *node, Buf *buf)
{
    bool secret = node->state & NODE_SECRET;

    for (size_t depth = depth_of(tree, node); depth > 0; depth--)
        buf_add_text(buf, "  ");
    buf_add_format(buf, "%s %s \"", role_names[node->role], *node->id ? node->id : "-");
    add_words(buf, node->label, false);
    buf_add_byte(buf, '"');
    if (*node->value) {
        buf_add_text(buf, " = ");
        add_words(buf, node->value, secret);
    }
    if (*node->error) {
        buf_add_text(buf, " error \"");
        add_words(buf, node->error, false);
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

/* "; " between what one node says. */
static void say(Buf *buf, size_t start, const char *text, bool secret)
{
    if (!*text)
        return;
    if (buf->len > start)
        buf_add_text(buf, ", ");
    add_words(buf, text, secret);
}

/* A control without a label is called by the words inside it. */
static void say_inside(const Tree *tree, const Node *node, Buf *buf, size_t start)
{
    for (uint16_t i = node->first; i != NODE_NONE; i = tree_at(tree, i)->next) {
        const Node *child = tree_at(tree, i);
        say(buf, start, child->label, false);
        say(buf, start, child->value, child->state & NODE_SECRET);
        say_inside(tree, child, buf, start);
    }
}

/* "2 of 6" among the choices of the same parent. */
static void say_place(const Tree *tree, const Node *node, Buf *buf)
{
    unsigned place = 0, all = 0;

    if (node->parent == NODE_NONE)
        return;
    for (uint16_t i = tree_at(tree, node->parent)->first; i != NODE_NONE; i = tree_at(tree, i)->next) {
        const Node *sibling = tree_at(tree, i);
        if (sibling->role != ROLE_CHOICE)
            continue;
        all++;
        if (sibling == node)
            place = all;
    }
    buf_add_format(buf, " %u of %u", place, all);
}

static void say_role(const Tree *tree, const Node *node, Buf *buf)
{
    buf_add_format(buf, " (%s", role_names[node->role]);
    if (node->role == ROLE_CHOICE)
        say_place(tree, node, buf);
    if (node->state & NODE_CHOSEN)
        buf_add_text(buf, ", chosen");
    if (node->state & NODE_FILLING)
        buf_add_text(buf, ", being filled");
    if (node->state & NODE_DISABLED)
        buf_add_text(buf, ", disabled");
    buf_add_byte(buf, ')');
}

/* Whether the node is a whole of its own, whose children are part of its name. */
static bool is_composed(const Node *node)
{
    return node->role == ROLE_BUTTON || node->role == ROLE_CHOICE || node->role == ROLE_KEY;
}

static void speak_node(const Tree *tree, const Node *node, Buf *buf)
{
    size_t start = buf->len;

    if (node->role != ROLE_GROUP) {
        say(buf, start, node->label, false);
        if (is_composed(node))
            say_inside(tree, node, buf, start);
        say(buf, start, *node->value ? node->value : node->hint, *node->value && (node->state & NODE_SECRET));
        say(buf, start, node->error, false);
        if (buf->len > start && node->role != ROLE_TEXT && node->role != ROLE_IMAGE)
            say_role(tree, node, buf);
        if (buf->len > start)
            buf_add_byte(buf, '\n');
    }
    if (is_composed(node))
        return;
    for (uint16_t i = node->first; i != NODE_NONE; i = tree_at(tree, i)->next)
        speak_node(tree, tree_at(tree, i), buf);
}

void tree_speech(const Tree *tree, Buf *buf)
{
    if (tree_count(tree) > 0)
        speak_node(tree, tree_at(tree, 0), buf);
}
