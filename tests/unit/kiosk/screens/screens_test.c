/* Every state of the glass as a tree, in every language: named, labelled, with a way on, and with no text left in
 * English. */
#include "gallery/states.h"

#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/screens/screens.h"

static Glass glass;

typedef struct Faults {
    unsigned count;
    const char *state;
    Language language;
} Faults;

static void fault(Faults *faults, const Node *node, const char *what)
{
    faults->count++;
    print_error("%s/%s: %s: %s \"%s\"\n", language_tag(faults->language), faults->state, what, node->id, node->label);
}

/* A control that is made of children is named by them. */
static bool is_named(const Tree *tree, const Node *node)
{
    uint16_t index = tree_index(tree, node);

    if (node->label[0] || node->said[0])
        return true;
    for (size_t i = 0; i < tree_count(tree); i++) {
        const Node *child = tree_at(tree, i);
        for (uint16_t up = child->parent; up != NODE_NONE; up = tree_at(tree, up)->parent)
            if (up == index && child->label[0])
                return true;
    }
    return false;
}

static void check_nodes(const Tree *tree, Faults *faults)
{
    unsigned mains = 0;

    for (size_t i = 0; i < tree_count(tree); i++) {
        const Node *node = tree_at(tree, i);
        mains += (node->state & NODE_MAIN) != 0;
        if (node->send.act && !node->id[0])
            fault(faults, node, "a control without an id");
        if (node->send.act && !is_named(tree, node))
            fault(faults, node, "a control without a name");
        for (size_t k = 0; node->id[0] && k < i; k++)
            if (strcmp(tree_at(tree, k)->id, node->id) == 0)
                fault(faults, node, "an id that is there twice");
        if (strstr(node->label, "{0}") || strstr(node->label, "{1}"))
            fault(faults, node, "a blank that was not filled");
        if (!utf8_valid(str_from(node->label)))
            fault(faults, node, "not UTF-8");
    }
    if (mains > 1)
        fault(faults, tree_at(tree, 0), "more than one main action");
}

/* The frame's own are on every screen and lead nowhere. */
static bool is_of_frame(const Node *node)
{
    return strncmp(node->id, "strip.", 6) == 0 || strcmp(node->id, "settings") == 0;
}

static void check_way_on(const Tree *tree, const State *state, Faults *faults)
{
    for (size_t i = 0; i < tree_count(tree); i++) {
        const Node *node = tree_at(tree, i);
        if (node_is_control(node) && node->role != ROLE_KEY && !is_of_frame(node))
            return;
    }
    if (!state->waits)
        fault(faults, tree_at(tree, 0), "no way on");
}

/* "Oʻzbekcha · English": languages as their speakers name them. */
static bool is_own_names(const char *text)
{
    static const char between[] = " · ";
    const char *end = strstr(text, between);
    Str name = { text, end ? (size_t)(end - text) : strlen(text) };
    bool own = false;

    for (int i = 0; i < LANGUAGE_COUNT; i++)
        own |= str_equal_text(name, language_own_name((Language)i));
    return own && (!end || is_own_names(end + strlen(between)));
}

/* Texts that are the same in every language: figures, names, codes, marks. */
static bool may_be_equal(const char *text)
{
    static const char *const names[] = { "Namuna State University", "Bosh bino, 1-qavat", "№ M-2026/004817 · 14:32",
                                         "Aa", "Seminar" };
    bool letters = false;

    for (size_t i = 0; i < COUNT(names); i++)
        if (strcmp(text, names[i]) == 0)
            return true;
    if (is_own_names(text))
        return true;
    if (strstr(text, "Chirchiq shahar") || strstr(text, "Samarqand shahar")) /* what the student typed */
        return true;
    if (str_equal_text(STR("Moodle"), text)) /* a name */
        return true;
    if (str_equal_text(STR("1-bino, 1-qavat"), text)) /* where a kiosk stands, in the university's words */
        return true;
    if (strstr(text, "Obyektivka") || strstr(text, "академическая справка")) /* what staff wrote */
        return true;
    if (str_ends(str_from(text), STR("soʻm"))) /* sums are written alike in English and Uzbek */
        return true;
    if (strchr(text, '@') || text[0] == '.') /* addresses, and the keys that type parts of them */
        return true;
    for (const char *c = text; *c; c++)
        letters = letters || (*c >= 'a' && *c <= 'z');
    return !letters;
}

static void check_words(const Node *other, const Node *node, Faults *faults)
{
    bool of_ui = node->role == ROLE_KEY && strlen(node->label) < 4;

    if (of_ui || node->language != faults->language || may_be_equal(node->label))
        return;
    if (strcmp(node->label, other->label) == 0)
        fault(faults, node, "still English");
    if (node->error[0] && strcmp(node->error, other->error) == 0)
        fault(faults, node, "an error still in English");
    if (node->hint[0] && strcmp(node->hint, other->hint) == 0)
        fault(faults, node, "a hint still in English");
}

static bool is_of_keyboard(const Tree *tree, const Node *node)
{
    for (; node->parent != NODE_NONE; node = tree_at(tree, node->parent))
        if (strcmp(node->id, "keyboard") == 0)
            return true;
    return false;
}

static const Node *next_outside_keyboard(const Tree *tree, size_t *at)
{
    while (*at < tree_count(tree)) {
        const Node *node = tree_at(tree, (*at)++);
        if (!is_of_keyboard(tree, node))
            return node;
    }
    return NULL;
}

/* What is said in English must be said otherwise here: node by node, since all four trees have one shape.  Keyboards
 * alone have each language's own letters: their words are found by id. */
static void check_translated(const Tree *english, const Tree *tree, Faults *faults)
{
    size_t at = 0, at_english = 0;
    const Node *node = NULL, *other = NULL;

    do {
        node = next_outside_keyboard(tree, &at);
        other = next_outside_keyboard(english, &at_english);
        if (node && other)
            check_words(other, node, faults);
    } while (node && other);
    if (node || other)
        fault(faults, tree_at(tree, 0), "another shape than in English");
    for (size_t i = 0; i < tree_count(tree); i++) {
        node = tree_at(tree, i);
        other = node->id[0] && is_of_keyboard(tree, node) ? tree_find(english, node->id) : NULL;
        if (other)
            check_words(other, node, faults);
    }
}

static void build(const State *state, Texts *texts, Language language, Tree *tree)
{
    glass_open(&glass, texts, language);
    state->prepare(&glass);
    assert_string_equal(app_screen_name(&glass.model), state->screen);
    tree_clear(tree, model_language(&glass.model));
    screen_build(&glass.model, tree);
    assert_false(tree_failed(tree));
    glass_close(&glass);
}

static void every_state_is_whole(void **state)
{
    Error err = { 0 };
    OWNED(Texts) texts = texts_open(BINARY_DIR "/locale", &err);
    OWNED(Tree) english = tree_new(&err);
    OWNED(Tree) tree = tree_new(&err);
    unsigned count = 0;

    (void)state;
    if (!texts || !english || !tree)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < COUNT(states); i++) {
        build(&states[i], texts, LANGUAGE_EN, english);
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            Faults faults = { .state = states[i].name, .language = (Language)language };
            build(&states[i], texts, (Language)language, tree);
            check_nodes(tree, &faults);
            check_way_on(tree, &states[i], &faults);
            if (language != LANGUAGE_EN)
                check_translated(english, tree, &faults);
            count += faults.count;
        }
    }
    assert_int_equal(count, 0);
}

static void every_fault_is_shown(void **state)
{
    bool shown[FAULT_KIND_COUNT] = { [FAULT_NONE] = true };
    bool out[OUT_CLOSED + 1] = { [OUT_NOT] = true };
    bool screens[SCREEN_COUNT] = { false };
    Error err = { 0 };
    OWNED(Texts) texts = texts_none(&err);

    (void)state;
    assert_non_null(texts);
    for (size_t i = 0; i < COUNT(states); i++) {
        glass_open(&glass, texts, LANGUAGE_EN);
        states[i].prepare(&glass);
        screens[model_screen(&glass.model)] = true;
        if (model_screen(&glass.model) == SCREEN_FAULT)
            shown[glass.model.visit.fault.kind] = true;
        if (!glass.model.visit.active)
            out[model_out(&glass.model)] = true;
        glass_close(&glass);
    }
    for (size_t i = 0; i < COUNT(shown); i++)
        if (!shown[i])
            fail_msg("fault %zu has no state in states.h", i);
    for (size_t i = 0; i < COUNT(out); i++)
        if (!out[i])
            fail_msg("out of service for reason %zu has no state in states.h", i);
    for (size_t i = 0; i < COUNT(screens); i++)
        if (!screens[i])
            fail_msg("screen %zu has no state in states.h", i);
}

static void secrets_are_not_told(void **state)
{
    Error err = { 0 };
    OWNED(Texts) texts = texts_none(&err);
    OWNED(Tree) tree = tree_new(&err);
    OWNED_BUF told;

    (void)state;
    assert_non_null(texts);
    assert_non_null(tree);
    buf_init(&told, 1u << 20);
    glass_open(&glass, texts, LANGUAGE_UZ);
    sign_in_password(&glass);
    screen_build(&glass.model, tree);
    tree_print(tree, &told);
    tree_speech(tree, &told);
    assert_null(strstr(buf_text(&told), "bahor"));
    assert_non_null(strstr(buf_text(&told), "3922 4110 0742"));
    glass_close(&glass);
}

/* What came out before is not this paper's: nothing is ticked that nobody has said. */
static void a_second_paper_begins_with_no_page_out(void **state)
{
    OWNED(Tree) tree = tree_new(NULL);
    OWNED(Texts) texts = texts_none(NULL);
    OWNED_BUF told;

    (void)state;
    buf_init(&told, 1u << 20);
    assert_true(tree && texts);
    glass_open(&glass, texts, LANGUAGE_EN);
    glass_serve(&glass);
    glass_to_printer(&glass);
    glass_print(&glass, PRINT_PHASE_PRINTED, PRINTER_READY, 2);
    glass_reported(&glass);
    glass_act(&glass, ACT_SOMETHING_ELSE, 0);
    glass_home(&glass);
    glass_act(&glass, ACT_SERVICE, 0);
    glass_act(&glass, ACT_CONTINUE, 0);
    glass_choose(&glass, "any");
    glass_act(&glass, ACT_FORM_NEXT, 0);
    glass_preview(&glass);
    glass_act(&glass, ACT_PRINT, 0);
    assert_string_equal(app_screen_name(&glass.model), "printing");
    screen_build(&glass.model, tree);
    tree_print(tree, &told);
    assert_non_null(strstr(buf_text(&told), "is being signed and registered"));
    assert_null(strstr(buf_text(&told), "is out"));
    glass_close(&glass);
}

/* The catalogues hold every text of the code, and no other. */
static void catalogues_are_complete(void **state)
{
    pid_t child = fork();
    int status = -1;

    (void)state;
    if (child == 0) {
        execl(SOURCE_DIR "/kiosk/locale/update", "update", "--check", (char *)NULL);
        _exit(127);
    }
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_state_is_whole),    cmocka_unit_test(every_fault_is_shown),
        cmocka_unit_test(secrets_are_not_told),    cmocka_unit_test(a_second_paper_begins_with_no_page_out),
        cmocka_unit_test(catalogues_are_complete),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
