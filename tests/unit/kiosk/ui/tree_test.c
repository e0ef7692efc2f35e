/* Building, limits, printing and speech of trees. */
#include "glass.h"

#include <stdio.h>

#include "base/memory.h"

static Tree *new_tree(void)
{
    Error err = { 0 };
    Tree *tree = tree_new(&err);

    assert_non_null(tree);
    return tree;
}

static void children_follow_their_parents(void **state)
{
    Tree *tree = new_tree();
    Node *root, *group, *first, *second, *after;

    (void)state;
    root = tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ 0 });
    group = tree_open(tree, ROLE_GROUP, "group", NULL, (Style){ 0 });
    first = tree_leaf(tree, ROLE_TEXT, NULL, "one", (Style){ 0 });
    second = tree_leaf(tree, ROLE_TEXT, "two", "two", (Style){ 0 });
    tree_close(tree);
    after = tree_leaf(tree, ROLE_TEXT, NULL, "three", (Style){ 0 });
    tree_close(tree);
    assert_int_equal(tree_count(tree), 5);
    assert_int_equal(root->parent, NODE_NONE);
    assert_int_equal(root->first, tree_index(tree, group));
    assert_int_equal(root->last, tree_index(tree, after));
    assert_int_equal(group->next, tree_index(tree, after));
    assert_int_equal(group->first, tree_index(tree, first));
    assert_int_equal(first->next, tree_index(tree, second));
    assert_int_equal(second->next, NODE_NONE);
    assert_ptr_equal(tree_find(tree, "two"), second);
    assert_null(tree_find(tree, "nobody"));
    assert_null(tree_find(tree, "")); /* those without id are not found by having none */
    assert_string_equal(first->value, "");
    assert_string_equal(first->hint, "");
    assert_false(tree_failed(tree));
    tree_free(tree);
}

static void what_comes_after_the_root_goes_into_it(void **state)
{
    Tree *tree = new_tree();

    (void)state;
    tree_leaf(tree, ROLE_GROUP, "root", NULL, (Style){ 0 });
    tree_close(tree);
    tree_close(tree);
    assert_int_equal(tree_leaf(tree, ROLE_TEXT, NULL, "more", (Style){ 0 })->parent, 0);
    tree_free(tree);
}

static void labels_are_copied(void **state)
{
    Tree *tree = new_tree();
    char words[] = "salom";
    Node *node;

    (void)state;
    node = tree_open(tree, ROLE_TEXT, NULL, words, (Style){ 0 });
    words[0] = 'X';
    assert_string_equal(node->label, "salom");
    assert_string_equal(tree_format(tree, "%d of %s", 2, "6"), "2 of 6");
    assert_string_equal(tree_text(tree, NULL), "");
    tree_free(tree);
}

static void nothing_is_added_over_the_maximum(void **state)
{
    Tree *tree = new_tree();
    Node *node;

    (void)state;
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ 0 });
    for (size_t i = 1; i < TREE_NODES_MOST; i++)
        tree_leaf(tree, ROLE_TEXT, NULL, "x", (Style){ 0 });
    assert_false(tree_failed(tree));
    node = tree_open(tree, ROLE_BUTTON, "lost", "lost", (Style){ 0 });
    node->send = (Send){ 1, 2 }; /* may be written to */
    tree_leaf(tree, ROLE_TEXT, "lost too", "lost", (Style){ 0 });
    tree_close(tree);
    assert_true(tree_failed(tree));
    assert_int_equal(tree_count(tree), TREE_NODES_MOST);
    assert_null(tree_find(tree, "lost"));
    assert_null(tree_find(tree, "lost too"));
    tree_clear(tree, LANGUAGE_EN);
    assert_false(tree_failed(tree));
    assert_int_equal(tree_count(tree), 0);
    tree_free(tree);
}

static void too_much_text_fails(void **state)
{
    static char words[TREE_TEXT_MOST + 1];
    Tree *tree = new_tree();
    char id[NODE_ID_SIZE + 1];

    (void)state;
    memset(words, 'a', sizeof(words) - 1);
    assert_string_equal(tree_text(tree, words), "");
    assert_true(tree_failed(tree));
    tree_clear(tree, LANGUAGE_UZ);
    assert_string_equal(tree_format(tree, "%s", words), "");
    assert_true(tree_failed(tree));
    tree_clear(tree, LANGUAGE_UZ);
    words[TREE_TEXT_MOST - 1] = 0; /* fits exactly */
    assert_int_equal(strlen(tree_text(tree, words)), TREE_TEXT_MOST - 1);
    assert_false(tree_failed(tree));
    memset(id, 'i', sizeof(id) - 1);
    id[sizeof(id) - 1] = 0;
    tree_clear(tree, LANGUAGE_UZ);
    tree_open(tree, ROLE_TEXT, id, NULL, (Style){ 0 });
    assert_true(tree_failed(tree));
    tree_free(tree);
}

static void clearing_wipes_what_stood_in_it(void **state)
{
    Tree *tree = new_tree();
    const char *secret;
    Blob *blob = blob_new("x", 1);
    Node *node;

    (void)state;
    node = tree_open(tree, ROLE_FIELD, "name", "Malika", (Style){ 0 });
    secret = node->value = tree_text(tree, "Yoʻldosheva");
    tree_set_image(tree, node, blob);
    tree_set_image(tree, node, blob); /* the same again: one keep, not two */
    blob_drop(blob);
    tree_clear(tree, LANGUAGE_UZ);
    for (size_t i = 0; i < strlen("Yoʻldosheva"); i++)
        assert_int_equal(secret[i], 0);
    assert_null(node->image);
    assert_string_equal(node->id, "");
    tree_free(tree);
}

static void controls_send_and_are_not_disabled(void **state)
{
    Node node = { .role = ROLE_BUTTON, .send = { 3, 0 } };

    (void)state;
    assert_true(node_is_control(&node));
    node.state = NODE_DISABLED;
    assert_false(node_is_control(&node));
    node.state = 0;
    node.send.act = 0;
    assert_false(node_is_control(&node));
}

static Tree *spoken_tree(void)
{
    Tree *tree = new_tree();
    Node *node;

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ 0 });
    tree_leaf(tree, ROLE_HEADING, "title", "Kim\nuchun?", (Style){ 0 });
    node = tree_leaf(tree, ROLE_CHOICE, "a", "Bankka", (Style){ 0 });
    node->send.act = 1;
    node = tree_leaf(tree, ROLE_CHOICE, "b", "Ishga", (Style){ 0 });
    node->state = NODE_CHOSEN;
    node = tree_leaf(tree, ROLE_FIELD, "secret", "Parol", (Style){ 0 });
    node->value = tree_text(tree, "oʻzim");
    node->state = NODE_SECRET | NODE_FILLING | NODE_FAULTY;
    node->error = tree_text(tree, "Notoʻgʻri");
    tree_leaf(tree, ROLE_IMAGE, NULL, "", (Style){ 0 })->icon = "logo";
    node = tree_open(tree, ROLE_BUTTON, "tile", "", (Style){ 0 });
    node->send.act = 1;
    tree_leaf(tree, ROLE_TEXT, NULL, "Arizalar", (Style){ 0 });
    tree_leaf(tree, ROLE_TEXT, NULL, "koʻchirish", (Style){ 0 });
    tree_close(tree);
    tree_leaf(tree, ROLE_TEXT, NULL, "Tamom", (Style){ 0 });
    return tree;
}

static void a_tree_is_spoken_in_order(void **state)
{
    Tree *tree = spoken_tree();
    Buf buf;

    (void)state;
    buf_init(&buf, 4096);
    tree_speech(tree, &buf);
    assert_string_equal(buf_text(&buf), "Kim uchun? (heading)\n"
                                        "Bankka (choice 1 of 2)\n"
                                        "Ishga (choice 2 of 2, chosen)\n"
                                        "Parol, *****, Notoʻgʻri (field, being filled)\n"
                                        "Arizalar, koʻchirish (button)\n"
                                        "Tamom\n");
    buf_fini(&buf);
    tree_free(tree);
}

static void a_printed_tree_hides_secrets(void **state)
{
    Tree *tree = spoken_tree();
    Buf buf;

    (void)state;
    tree_find(tree, "title")->state = NODE_PEEK; /* has no name, and no brackets either */
    buf_init(&buf, 4096);
    tree_print(tree, &buf);
    assert_null(strstr(buf_text(&buf), "uchun?\"]"));
    assert_non_null(strstr(buf_text(&buf), "group root \"\" 0,0 0x0\n  heading title \"Kim uchun?\""));
    assert_non_null(strstr(buf_text(&buf),
                           "  field secret \"Parol\" = ***** error \"Notoʻgʻri\" [filling secret faulty] 0,0 0x0\n"));
    assert_non_null(strstr(buf_text(&buf), "    text - \"Arizalar\""));
    assert_null(strstr(buf_text(&buf), "oʻzim"));
    buf_fini(&buf);
    tree_free(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_follow_their_parents),
        cmocka_unit_test(what_comes_after_the_root_goes_into_it),
        cmocka_unit_test(labels_are_copied),
        cmocka_unit_test(nothing_is_added_over_the_maximum),
        cmocka_unit_test(too_much_text_fails),
        cmocka_unit_test(clearing_wipes_what_stood_in_it),
        cmocka_unit_test(controls_send_and_are_not_disabled),
        cmocka_unit_test(a_tree_is_spoken_in_order),
        cmocka_unit_test(a_printed_tree_hides_secrets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
