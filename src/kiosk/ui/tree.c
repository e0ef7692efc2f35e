#include "kiosk/ui/tree.h"

#include <stdalign.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

struct Tree {
    Language language;
    size_t count;
    size_t text_used;
    uint16_t open; /* the node that children go into */
    unsigned lost; /* opened over the maximum and not closed yet */
    bool failed;
    Node spare; /* what the caller writes into when nothing could be added */
    Node nodes[TREE_NODES_MOST];
    alignas(float) char text[TREE_TEXT_MOST];
};

static const Node empty_node = { .label = "",
                                 .value = "",
                                 .hint = "",
                                 .error = "",
                                 .said = "",
                                 .parent = NODE_NONE,
                                 .first = NODE_NONE,
                                 .last = NODE_NONE,
                                 .next = NODE_NONE };

Tree *tree_new(Error *err)
{
    Tree *tree = mem_new(1, sizeof(*tree));

    if (!tree) {
        error_set(err, ERR_MEMORY, "tree of nodes");
        return NULL;
    }
    tree_clear(tree, LANGUAGE_FIRST);
    return tree;
}

void tree_free(Tree *tree)
{
    if (!tree)
        return;
    tree_clear(tree, LANGUAGE_FIRST);
    mem_free_wiped(tree, sizeof(*tree));
}

void tree_clear(Tree *tree, Language language)
{
    for (size_t i = 0; i < tree->count; i++)
        blob_drop(tree->nodes[i].image);
    blob_drop(tree->spare.image);
    mem_wipe(tree->text, tree->text_used);
    mem_wipe(tree->nodes, tree->count * sizeof(tree->nodes[0]));
    tree->spare = empty_node;
    tree->language = language;
    tree->count = 0;
    tree->text_used = 0;
    tree->open = NODE_NONE;
    tree->lost = 0;
    tree->failed = false;
}

/* The spare node, blank again: whatever is written into it is lost. */
static Node *lose(Tree *tree)
{
    tree->failed = true;
    blob_drop(tree->spare.image);
    tree->spare = empty_node;
    return &tree->spare;
}

static void link_child(Tree *tree, uint16_t index)
{
    Node *parent = &tree->nodes[tree->open];

    tree->nodes[index].parent = tree->open;
    if (parent->first == NODE_NONE)
        parent->first = index;
    else
        tree->nodes[parent->last].next = index;
    parent->last = index;
}

static Node *add(Tree *tree, Role role, const char *id, const char *label, Style style)
{
    uint16_t index = (uint16_t)tree->count;
    Node *node;

    if (tree->lost > 0 || tree->count == TREE_NODES_MOST)
        return lose(tree);
    node = &tree->nodes[index];
    *node = empty_node;
    node->role = role;
    node->language = tree->language;
    node->style = style;
    if (id && !str_copy(str_from(id), node->id, sizeof(node->id)))
        tree->failed = true;
    node->label = tree_text(tree, label);
    tree->count++;
    if (tree->open != NODE_NONE)
        link_child(tree, index);
    return node;
}

Node *tree_open(Tree *tree, Role role, const char *id, const char *label, Style style)
{
    Node *node = add(tree, role, id, label, style);

    if (node == &tree->spare)
        tree->lost++;
    else
        tree->open = tree_index(tree, node);
    return node;
}

void tree_close(Tree *tree)
{
    if (tree->lost > 0)
        tree->lost--;
    else if (tree->open != NODE_NONE && tree->open != 0) /* the root takes all that comes */
        tree->open = tree->nodes[tree->open].parent;
}

Node *tree_leaf(Tree *tree, Role role, const char *id, const char *label, Style style)
{
    Node *node;

    if (tree->count == 0) { /* a root that is a leaf: it stays open all the same */
        node = tree_open(tree, role, id, label, style);
        return node;
    }
    return add(tree, role, id, label, style);
}

const char *tree_text(Tree *tree, const char *text)
{
    size_t size = text ? strlen(text) + 1 : 1;
    char *copy = tree->text + tree->text_used;

    if (size == 1)
        return "";
    if (size > TREE_TEXT_MOST - tree->text_used) {
        tree->failed = true;
        return "";
    }
    memcpy(copy, text, size);
    tree->text_used += size;
    return copy;
}

const char *tree_format(Tree *tree, const char *format, ...)
{
    size_t room = TREE_TEXT_MOST - tree->text_used;
    char *copy = tree->text + tree->text_used;
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(copy, room, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= room) {
        mem_wipe(copy, room);
        tree->failed = true;
        return "";
    }
    tree->text_used += (size_t)length + 1;
    return copy;
}

const float *tree_numbers(Tree *tree, const float *numbers, size_t count)
{
    size_t start = (tree->text_used + alignof(float) - 1) & ~(alignof(float) - 1);
    float *copy;

    if (count == 0 || start > TREE_TEXT_MOST || count > (TREE_TEXT_MOST - start) / sizeof(float)) {
        tree->failed |= count > 0;
        return NULL;
    }
    copy = (float *)(void *)(tree->text + start);
    memcpy(copy, numbers, count * sizeof(float));
    tree->text_used = start + count * sizeof(float);
    return copy;
}

void tree_set_image(Tree *tree, Node *node, Blob *image)
{
    (void)tree;
    if (image)
        blob_keep(image);
    blob_drop(node->image);
    node->image = image;
}

bool tree_failed(const Tree *tree)
{
    return tree->failed;
}

size_t tree_count(const Tree *tree)
{
    return tree->count;
}

Node *tree_at(const Tree *tree, size_t index)
{
    if (index >= tree->count)
        return NULL;
    return (Node *)(uintptr_t)&tree->nodes[index]; /* the caller's const is the tree's shape, not its nodes */
}

uint16_t tree_index(const Tree *tree, const Node *node)
{
    return (uint16_t)(node - tree->nodes);
}

Node *tree_find(const Tree *tree, const char *id)
{
    if (!*id)
        return NULL;
    for (size_t i = 0; i < tree->count; i++)
        if (strcmp(tree->nodes[i].id, id) == 0)
            return tree_at(tree, i);
    return NULL;
}

bool node_is_control(const Node *node)
{
    return node->send.act != 0 && !(node->state & NODE_DISABLED);
}

uint16_t tree_scope(const Tree *tree)
{
    for (size_t i = tree->count; i-- > 0;)
        if (tree->nodes[i].role == ROLE_DIALOG)
            return (uint16_t)i;
    return tree->count > 0 ? 0 : NODE_NONE;
}

bool tree_is_inside(const Tree *tree, uint16_t index, uint16_t around)
{
    while (index != NODE_NONE && index != around)
        index = tree->nodes[index].parent;
    return index != NODE_NONE;
}

bool tree_place(const Tree *tree, const Node *node, unsigned *ret_place, unsigned *ret_all)
{
    unsigned place = 0, all = 0;

    if ((node->role != ROLE_CHOICE && node->role != ROLE_CHECK && node->role != ROLE_TAB) || node->parent == NODE_NONE)
        return false;
    for (uint16_t i = tree->nodes[node->parent].first; i != NODE_NONE; i = tree->nodes[i].next) {
        if (tree->nodes[i].role != node->role)
            continue;
        all++;
        if (&tree->nodes[i] == node)
            place = all;
    }
    *ret_place = place;
    *ret_all = all;
    return true;
}
