/* around.txt: what stands around the students. */
#include "base/macros.h"
#include "base/letters.h"
#include "registrar/demo/lists_inside.h"

/* fields: Uzbek, Russian, English */
static bool keep_words(Lists *lists, const Str fields[3], Words *ret, Error *err)
{
    OWNED_BUF cyrillic;

    buf_init(&cyrillic, 4096);
    letters_to_cyrillic(&cyrillic, fields[0]);
    return lists_keep(lists, fields[0], &ret->uz, err) && lists_keep_buf(lists, &cyrillic, &ret->cyrillic, err) &&
           lists_keep(lists, fields[1], &ret->ru, err) && lists_keep(lists, fields[2], &ret->en, err);
}

static bool read_district(Lists *lists, Str line, Error *err)
{
    District *district = &lists->districts[lists->district_count];
    Str fields[5];

    if (lists->district_count == DISTRICTS_MOST)
        return lists_full(err, "districts");
    lists->district_count++;
    if (!lists_split(line, fields, COUNT(fields)) || fields[0].len != 7)
        return false;
    for (size_t i = 0; i < lists->people_count; i++)
        if (str_equal_text(fields[4], lists->peoples[i].name))
            district->people = &lists->peoples[i];
    return district->people && lists_keep(lists, fields[0], &district->code, err) &&
           keep_words(lists, fields + 1, &district->words, err);
}

static bool read_street(Lists *lists, Str line, Error *err)
{
    Str fields[3];

    if (lists->street_count == STREETS_MOST)
        return lists_full(err, "streets");
    return lists_split(line, fields, COUNT(fields)) &&
           keep_words(lists, fields, &lists->streets[lists->street_count++], err);
}

static bool add_building(Lists *lists, Building *buildings, size_t *count, Str line, Error *err)
{
    Str fields[4];

    if (*count == BUILDINGS_MOST)
        return lists_full(err, "buildings");
    if (!lists_split(line, fields, COUNT(fields)))
        return false;
    Building *building = &buildings[(*count)++];
    return lists_keep(lists, fields[0], &building->id, err) && keep_words(lists, fields + 1, &building->words, err);
}

static bool read_building(Lists *lists, Str line, Error *err)
{
    return add_building(lists, lists->buildings, &lists->building_count, line, err);
}

static bool read_dormitory(Lists *lists, Str line, Error *err)
{
    return add_building(lists, lists->dormitories, &lists->dormitory_count, line, err);
}

static bool read_employer(Lists *lists, Str line, Error *err)
{
    Str fields[10];

    if (lists->employer_count == EMPLOYERS_MOST)
        return lists_full(err, "employers");
    if (!lists_split(line, fields, COUNT(fields)))
        return false;
    Employer *employer = &lists->employers[lists->employer_count++];
    return lists_keep(lists, fields[0], &employer->faculty, err) &&
           keep_words(lists, fields + 1, &employer->name, err) &&
           keep_words(lists, fields + 4, &employer->address, err) &&
           keep_words(lists, fields + 7, &employer->post, err);
}

static const struct {
    const char *name;
    bool (*read)(Lists *lists, Str line, Error *err);
} sections[] = {
    [AROUND_DISTRICTS] = { "[districts]", read_district }, [AROUND_STREETS] = { "[streets]", read_street },
    [AROUND_BUILDINGS] = { "[buildings]", read_building }, [AROUND_DORMITORIES] = { "[dormitories]", read_dormitory },
    [AROUND_EMPLOYERS] = { "[employers]", read_employer },
};
static_assert(COUNT(sections) == AROUND_SECTION_COUNT, "one row per section");

bool lists_read_around(Lists *lists, void *ctx, Str line, Error *err)
{
    AroundSection *section = ctx;

    if (line.ptr[0] != '[')
        return *section < AROUND_SECTION_COUNT && sections[*section].read(lists, line, err);
    for (*section = 0; *section < AROUND_SECTION_COUNT; (*section)++)
        if (str_equal_text(line, sections[*section].name))
            return true;
    return false;
}

bool lists_have_around(const Lists *lists)
{
    return lists->district_count && lists->street_count && lists->building_count && lists->dormitory_count &&
           lists->employer_count;
}
