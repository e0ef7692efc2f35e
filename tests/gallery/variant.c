#include "gallery/variant.h"

#include <stdio.h>
#include <string.h>

#define FACTORS     6
#define VALUES_MOST 8

/* Of the look: 27 inch upright, 23.8 inch across, 15.6 inch across. */
const Panel panels[] = {
    { "1080x1920", 1080, 1920, 3.2154F },
    { "1920x1080", 1920, 1080, 3.6496F },
    { "1280x800", 1280, 800, 3.8168F },
};
static_assert(COUNT(panels) == PANEL_COUNT, "as the header says");

static const int texts[] = { 100, 125, 150, 200 };
static const char *const themes[GLASS_THEME_COUNT] = { "light", "evening", "contrast" };

const char *variant_theme_name(GlassTheme theme)
{
    return themes[theme];
}

void variant_name(const Variant *variant, char name[VARIANT_NAME_SIZE])
{
    (void)snprintf(name, VARIANT_NAME_SIZE, "%s-%d-%s-%s%s%s%s", panels[variant->panel].name, variant->text,
                   themes[variant->theme], language_tag(variant->language), variant->low_reach ? "-low" : "",
                   variant->left_handed ? "-left" : "", variant->calm ? "-calm" : "");
}

/* A variant as a row of numbers, one for each factor. */
typedef struct Row {
    unsigned value[FACTORS];
} Row;

static void levels(const Choices *choices, unsigned counts[FACTORS])
{
    const bool free[FACTORS] = { choices->panel,    choices->text,      choices->theme,
                                 choices->language, choices->low_reach, choices->left_handed };
    const unsigned all[FACTORS] = { PANEL_COUNT, COUNT(texts), GLASS_THEME_COUNT, LANGUAGE_COUNT, 2, 2 };

    for (size_t i = 0; i < FACTORS; i++) {
        assert(all[i] <= VALUES_MOST);
        counts[i] = free[i] ? all[i] : 1;
    }
}

static Row row_at(size_t index, const unsigned counts[FACTORS])
{
    Row row;

    for (size_t i = FACTORS; i-- > 0;) {
        row.value[i] = (unsigned)(index % counts[i]);
        index /= counts[i];
    }
    return row;
}

static size_t row_count(const unsigned counts[FACTORS])
{
    size_t count = 1;

    for (size_t i = 0; i < FACTORS; i++)
        count *= counts[i];
    return count;
}

static Variant variant_of(const Choices *choices, const Row *row)
{
    Variant variant = choices->fixed;

    if (choices->panel)
        variant.panel = row->value[0];
    if (choices->text)
        variant.text = texts[row->value[1]];
    if (choices->theme)
        variant.theme = (GlassTheme)row->value[2];
    if (choices->language)
        variant.language = (Language)row->value[3];
    if (choices->low_reach)
        variant.low_reach = row->value[4];
    if (choices->left_handed)
        variant.left_handed = row->value[5];
    return variant;
}

size_t variants_all(const Choices *choices, Variant *variants)
{
    unsigned counts[FACTORS];
    size_t count;

    levels(choices, counts);
    count = row_count(counts);
    assert(count <= VARIANTS_MOST);
    for (size_t i = 0; i < count; i++) {
        Row row = row_at(i, counts);
        variants[i] = variant_of(choices, &row);
    }
    return count;
}

typedef bool Met[FACTORS][VALUES_MOST][FACTORS][VALUES_MOST];

/* How many pairs meet in this row for the first time; mark: and from now on they have met. */
static unsigned new_pairs(Met met, const Row *row, bool mark)
{
    unsigned count = 0;

    for (size_t a = 0; a < FACTORS; a++) {
        for (size_t b = a + 1; b < FACTORS; b++) {
            bool *pair = &met[a][row->value[a]][b][row->value[b]];
            count += !*pair;
            *pair |= mark;
        }
    }
    return count;
}

/* Each time the row in which most pairs meet that have not yet; of equals the first. */
size_t variants_pairwise(const Choices *choices, Variant *variants)
{
    Met met = { 0 };
    unsigned counts[FACTORS];
    size_t rows, count = 0;

    levels(choices, counts);
    rows = row_count(counts);
    for (;;) {
        unsigned most = 0;
        Row best = { 0 };
        for (size_t i = 0; i < rows; i++) {
            Row row = row_at(i, counts);
            unsigned pairs = new_pairs(met, &row, false);
            if (pairs > most) {
                most = pairs;
                best = row;
            }
        }
        if (most == 0)
            return count;
        (void)new_pairs(met, &best, true);
        assert(count < VARIANTS_MOST);
        variants[count++] = variant_of(choices, &best);
    }
}

bool variant_parse_panel(const char *text, unsigned *ret)
{
    for (unsigned i = 0; i < PANEL_COUNT; i++) {
        if (strcmp(text, panels[i].name) == 0) {
            *ret = i;
            return true;
        }
    }
    return false;
}

bool variant_parse_text(const char *text, int *ret)
{
    uint64_t percent;

    if (!str_to_u64(str_from(text), 100, 200, &percent) || !glass_text_is_offered((int)percent))
        return false;
    *ret = (int)percent;
    return true;
}

bool variant_parse_theme(const char *text, GlassTheme *ret)
{
    for (int i = 0; i < GLASS_THEME_COUNT; i++) {
        if (strcmp(text, themes[i]) == 0) {
            *ret = (GlassTheme)i;
            return true;
        }
    }
    return false;
}
