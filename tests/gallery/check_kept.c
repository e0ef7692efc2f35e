/* Whatever a person makes of the glass in the middle of a screen, what was typed and chosen stays. */
#include "gallery/scene.h"

#include <string.h>

#include "kiosk/app/glass.h"
#include "kiosk/screens/screens.h"

/* Each of the strip and the sheet, and at the end as it was. */
static const struct {
    Act act;
    uint16_t arg;
    const char *words;
} acts[] = {
    { ACT_TEXT_SIZE, 200, "larger text" },
    { ACT_CONTRAST, 0, "contrast" },
    { ACT_LOW_REACH, 0, "low reach" },
    { ACT_LEFT_HANDED, 0, "the left hand" },
    { ACT_CALM, 0, "calm" },
    { ACT_LISTEN, 0, "listening" },
    { ACT_SETTINGS, 0, "the settings" },
    { ACT_SETTINGS, 0, "the settings and back" },
    { ACT_SETTINGS_RESET, 0, "the kiosk's way" },
};

static void build(Glass *glass, Tree *tree)
{
    tree_clear(tree, model_language(&glass->model));
    screen_build(&glass->model, tree);
}

static bool is_filled_in(const Node *node)
{
    return node->role == ROLE_FIELD || ((node->role == ROLE_CHOICE || node->role == ROLE_CHECK) && *node->id);
}

/* What is typed is shown once more where its field is out of sight: that may come and go with the room. */
static bool is_held(const Tree *tree, const char *value)
{
    for (size_t i = 0; i < tree_count(tree); i++)
        if (tree_at(tree, i)->role == ROLE_FIELD && strcmp(tree_at(tree, i)->value, value) == 0)
            return true;
    return false;
}

static void compare(Scene *scene, const Tree *before, const Tree *after, const char *what)
{
    for (size_t i = 0; i < tree_count(before); i++) {
        const Node *node = tree_at(before, i);
        const Node *now = *node->id ? tree_find(after, node->id) : NULL;
        bool of_settings = strncmp(node->id, "settings", 8) == 0 || strncmp(node->id, "language", 8) == 0;
        if (!is_filled_in(node) || of_settings)
            continue;
        if (!now && node->role == ROLE_FIELD && is_held(after, node->value))
            continue;
        if (!now)
            scene_fault(scene, node, "it is gone after %s", what);
        else if (strcmp(node->value, now->value) != 0)
            scene_fault(scene, node, "after %s it holds \"%s\" instead of \"%s\"", what, now->value, node->value);
        else if ((node->state & NODE_CHOSEN) != (now->state & NODE_CHOSEN))
            scene_fault(scene, node, "after %s it is not as it was chosen", what);
    }
}

static bool is_covered(const Glass *glass)
{
    return glass->model.visit.choosing_language || glass->model.visit.settings_shown;
}

void check_kept(Scene *scene, struct Glass *glass, Tree *before, Tree *after)
{
    Language own = model_language(&glass->model);

    if (!glass->model.visit.active || is_covered(glass))
        return;
    build(glass, before);
    for (size_t i = 0; i < COUNT(acts); i++) {
        glass_act(glass, acts[i].act, acts[i].arg);
        build(glass, after);
        if (!is_covered(glass))
            compare(scene, before, after, acts[i].words);
    }
    for (size_t i = 0; i <= LANGUAGE_COUNT; i++) { /* every way from one to the next, and home again */
        Language next = (Language)((own + 1 + i) % LANGUAGE_COUNT);
        glass_act(glass, ACT_LANGUAGES, 0);
        glass_act(glass, ACT_LANGUAGE, (uint16_t)(i == LANGUAGE_COUNT ? own : next));
        build(glass, after);
        compare(scene, before, after, language_tag(model_language(&glass->model)));
    }
}
