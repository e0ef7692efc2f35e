/* Every word was said in the language of the glass: by a translated text, by the catalogue of services in that
 * language, by the rules of dates and numbers; or it is a name, or what somebody typed. */
#include "gallery/said.h"

#include <string.h>

#include "gallery/scene.h"
#include "kiosk/app/acts.h"
#include "kiosk/ui/keyboard.h"

/* What the states of the glass bring along and no language changes. */
static bool is_given(Str word)
{
    static const char *const given[] = {
        "Namuna",
        "davlat",
        "universiteti",
        "Намуна",
        "давлат",
        "университети",
        "Государственный",
        "университет",
        "State",
        "University", /* the institution's name */
        "Bosh",
        "bino,",
        "1-qavat", /* where the kiosk stands */
        "Malika",
        "Malika!",
        "Malika,",
        "Yoʻldosheva", /* who is signed in */
        "YULDOSHEVA",
        "MALIKA",
        "ABDURAHMONOVNA",      /* ... as the passport has it */
        "hujjat.namuna.uz/d/", /* what the phone's code opens */
        "WDJB-MJHT",           /* ... and the code that is typed on the phone */
        "Алишер",
        "Каримов",
        "rahbar@samdu.uz", /* what was typed */
    };

    for (size_t i = 0; i < COUNT(given); i++)
        if (str_equal_text(word, given[i]))
            return true;
    for (int i = 0; i < LANGUAGE_COUNT; i++) /* languages are named by their speakers */
        if (str_equal_text(word, language_own_name((Language)i)) ||
            str_equal_text(word, language_short_name((Language)i)))
            return true;
    return false;
}

/* A number, a code, a date in figures. */
static bool is_figures(Str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] >= '0' && word.ptr[i] <= '9')
            return true;
    return false;
}

/* Of a page or of somebody: "my.gov.uz". */
static bool is_address(Str word)
{
    bool dot = false;

    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] <= ' ' || word.ptr[i] > '~')
            return false;
        dot |= word.ptr[i] == '.' && i > 0 && i + 1 < word.len;
    }
    return dot;
}

static void check_text(Scene *scene, const Node *node, const char *text)
{
    Str rest = str_from(text), word;
    unsigned depth = 0;

    while (said_by_nobody(&rest, &depth, &word)) {
        if (is_given(word) || is_figures(word) || is_address(word))
            continue;
        scene_fault(scene, node, "\"" STR_FMT "\" is said in no language", STR_ARG(word));
        return;
    }
}

/* What a key types, and the short name of other letters, which their own readers look for. */
static bool is_letters(const Scene *scene, const Node *node)
{
    bool typed = node->role == ROLE_KEY && keyboard_text(node->send.arg, KEYBOARD_SMALL) && *node->label != ' ';
    bool name = node->parent != NODE_NONE && tree_at(scene->tree, node->parent)->send.act == ACT_KEYBOARD &&
                node->role == ROLE_TEXT;

    return (typed && strcmp(node->id, "key.space") != 0) || name ||
           (node->role == ROLE_KEY && utf8_count(str_from(node->label)) <= 4);
}

void check_said(Scene *scene)
{
    for (size_t i = 0; i < tree_count(scene->tree); i++) {
        const Node *node = tree_at(scene->tree, i);
        if (!is_letters(scene, node))
            check_text(scene, node, node->label);
        check_text(scene, node, node->hint);
        check_text(scene, node, node->error);
        check_text(scene, node, node->said);
    }
}
