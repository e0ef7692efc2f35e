/* What an institution that does not exist says of itself: institution.json. */
#include <stdio.h>
#include <string.h>

#include "registrar/demo/dice.h"
#include "base/letters.h"
#include "registrar/demo/university.h"

#define SIGNATORY 3 /* what dice are thrown for */

typedef struct InFour {
    Buf uz, cyrillic, ru, en;
} InFour;

static void in_four_init(InFour *text)
{
    buf_init(&text->uz, 1024);
    buf_init(&text->cyrillic, 1024);
    buf_init(&text->ru, 1024);
    buf_init(&text->en, 1024);
}

static void in_four_fini(InFour *text)
{
    buf_fini(&text->uz);
    buf_fini(&text->cyrillic);
    buf_fini(&text->ru);
    buf_fini(&text->en);
}

static json_t *text_of(const Buf *buf)
{
    return buf->failed ? NULL : json_string(buf_text(buf));
}

/* The Cyrillic one is made of the Latin one, where there is none yet.  NULL without memory, which json_pack passes on.
 */
static json_t *in_four_json(InFour *text)
{
    if (text->cyrillic.len == 0)
        letters_to_cyrillic(&text->cyrillic, buf_str(&text->uz));
    json_t *json = json_pack("{s:o, s:o, s:o, s:o}", "uz", text_of(&text->uz), "uz-Cyrl", text_of(&text->cyrillic),
                             "ru", text_of(&text->ru), "en", text_of(&text->en));
    in_four_fini(text);
    return json;
}

static json_t *names_of(const DemoUniversity *university)
{
    const Place *place = university->place;
    const Kind *kind = university->kind;
    InFour text;

    in_four_init(&text);
    buf_add_format(&text.uz, "%s namunaviy %s", place->uz, kind->uz);
    buf_add_format(&text.ru, "%s образцовый %s", place->ru_adjective, kind->ru);
    buf_add_format(&text.en, "%s Model %s", place->en, kind->en);
    return in_four_json(&text);
}

static json_t *city_of(const DemoUniversity *university)
{
    const Place *place = university->place;
    InFour text;

    in_four_init(&text);
    buf_add_text(&text.uz, place->uz);
    buf_add_text(&text.ru, place->ru);
    buf_add_text(&text.en, place->en);
    return in_four_json(&text);
}

static json_t *address_of(const DemoUniversity *university)
{
    const Place *place = university->place;
    unsigned house = (unsigned)university->number;
    InFour text;

    in_four_init(&text);
    buf_add_format(&text.uz, "%s, %s shahri,\nNamuna koʻchasi, %u-uy", place->post, place->uz, house);
    buf_add_format(&text.ru, "%s, город %s,\nулица Намуна, дом %u", place->post, place->ru, house);
    buf_add_format(&text.en, "%u Namuna Street,\n%s %s, Uzbekistan", house, place->en, place->post);
    return in_four_json(&text);
}

/* "Sh. Gʻ. Karimov": Uzbek Latin takes the whole of its letters of two signs. */
static void add_initial(Buf *buf, const char *name, bool latin)
{
    static const char *const twos[] = { "Sh", "Ch", "Oʻ", "Gʻ", "Yo", "Yu", "Ya", "Ye" };
    Str rest = str_from(name);

    for (size_t i = 0; latin && i < COUNT(twos); i++)
        if (str_starts(rest, str_from(twos[i]))) {
            buf_add_format(buf, "%s. ", twos[i]);
            return;
        }
    if (rest.len > 0)
        buf_add_char(buf, utf8_next(&rest));
    buf_add_text(buf, ". ");
}

static const Spelled *pick(const SpelledList *list, Dice *dice)
{
    return &list->items[dice_below(dice, (uint32_t)list->count)];
}

static json_t *signatory_of(const DemoUniversity *university)
{
    const People *people = university->place->people;
    Dice dice = dice_of(university->demo->plan.seed, SIGNATORY, university->number);
    int woman = (int)dice_below(&dice, 2);
    const Spelled *given = pick(&people->given[woman], &dice), *father = pick(&people->fathers[woman], &dice);
    const Spelled *surname = pick(&people->surnames[woman], &dice);
    const char *const parts[][3] = { { given->latin, father->latin, surname->latin },
                                     { given->cyrillic, father->cyrillic, surname->cyrillic },
                                     { given->russian, father->russian, surname->russian },
                                     { given->latin, father->latin, surname->latin } };
    InFour text;

    in_four_init(&text);
    Buf *const bufs[] = { &text.uz, &text.cyrillic, &text.ru, &text.en };
    for (size_t i = 0; i < COUNT(bufs); i++) {
        bool latin = i == 0 || i == 3;

        add_initial(bufs[i], parts[i][0], latin);
        add_initial(bufs[i], parts[i][1], latin);
        buf_add_text(bufs[i], parts[i][2]);
    }
    return in_four_json(&text);
}

/* --- what it teaches ---------------------------------------------------------------------------------------------- */

#define GROUPS_A_YEAR_MOST 12 /* that are told: more is no list to choose from */

/* Somebody sits in the n-th group of its kind. */
static bool has_seats(const DemoUniversity *university, const Group *group, size_t n)
{
    const size_t first = group_first(university);

    return n < first ||
           (n - first) * (size_t)university->round + (size_t)group->before < university->students - university->skipped;
}

static json_t *groups_of(const DemoUniversity *university, const Programme *programme)
{
    json_t *names = json_array();

    for (size_t i = 0; names && i < university->group_count; i++) {
        const Group *group = &university->groups[i];
        char name[40];

        if (group->programme != programme || group->graduated)
            continue;
        for (size_t n = 1; n <= GROUPS_A_YEAR_MOST && has_seats(university, group, n); n++) {
            group_name(group, n, name, sizeof name);
            json_array_append_new(names, json_string(name));
        }
    }
    return names;
}

static bool is_taught(const DemoUniversity *university, const Programme *programme)
{
    for (size_t i = 0; i < university->group_count; i++)
        if (university->groups[i].programme == programme && !university->groups[i].graduated)
            return true;
    return false;
}

static json_t *programmes_of(const DemoUniversity *university)
{
    const Lists *lists = university->demo->lists;
    json_t *programmes = json_array();

    for (size_t i = 0; programmes && i < lists->programme_count; i++) {
        const Programme *programme = &lists->programmes[i];
        json_t *row = is_taught(university, programme) ? json_loads(programme->json, 0, NULL) : NULL;

        if (row)
            json_object_set_new(row, "groups", groups_of(university, programme));
        if (row && json_array_append_new(programmes, row) != 0)
            json_decref(row);
    }
    return programmes;
}

/* In a town that is a province of its own, or in the district whose name that town's is. */
static json_t *home_of(const DemoUniversity *university)
{
    const Lists *lists = university->demo->lists;

    for (size_t i = 0; university->kind && i < lists->district_count; i++) {
        const District *district = &lists->districts[i];

        if (strstr(district->words.uz, university->place->uz) && strncmp(district->code, "1726", 4) != 0)
            return json_pack("{s:s%, s:s}", "province", district->code, (size_t)4, "district", district->code);
    }
    return json_pack("{s:s, s:s}", "province", "1726", "district", "");
}

static bool add_teaching(const DemoUniversity *university, json_t *made)
{
    return json_object_set_new(made, "home", home_of(university)) == 0 &&
           json_object_set_new(made, "programmes", programmes_of(university)) == 0;
}

/* Everything that is alike everywhere stays as the first one has it. */
json_t *demo_university_json(const DemoUniversity *university, Error *err)
{
    static const char *const brands[] = { "#0B4F5C", "#1F3A6E", "#5B2A86", "#7A1F3D", "#0F5C3A", "#8A3B12",
                                          "#22508F", "#3F5B1B", "#6B1D5E", "#14505E", "#7D4A00", "#2B3990" };
    json_t *made = json_deep_copy(json_object_get(university->demo->university, "institution"));
    json_t *changed = NULL;
    char code[8], email[64], phone[32];

    if (made && !add_teaching(university, made)) {
        json_decref(made);
        error_set(err, ERR_MEMORY, "institution");
        return NULL;
    }
    if (made && university->number == 0)
        return made;
    snprintf(code, sizeof code, "%d", university->code);
    snprintf(email, sizeof email, "registrator@%s.example", university->id);
    snprintf(phone, sizeof phone, "+998 %s 200 %02zu %02zu", university->place->telephone, university->number / 100,
             university->number % 100);
    changed = json_pack("{s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:s}", "id", university->id, "code", code, "names",
                        names_of(university), "city", city_of(university), "address", address_of(university), "phone",
                        phone, "email", email, "brand", brands[university->number % COUNT(brands)]);
    bool done = made && changed && json_object_update(made, changed) == 0 &&
                json_object_set_new(json_object_get(made, "signatory"), "name", signatory_of(university)) == 0;
    json_decref(changed);
    if (done)
        return made;
    json_decref(made);
    error_set(err, ERR_MEMORY, "institution");
    return NULL;
}
