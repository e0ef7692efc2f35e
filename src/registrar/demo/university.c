#include "registrar/demo/university.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "registrar/demo/dice.h"
#include "wire/json.h"

#define UNIVERSITY_BYTES_MOST (8u << 20)
#define PHOTO_BYTES_MOST      (40u << 10)
#define FIRST_CODE            401
#define FIRST_FACULTIES       6
#define SIZES                 1 /* what dice are thrown for */

/* --- opening ----------------------------------------------------------------------------------------------------- */

static bool read_university(Demo *demo, const char *folder, Error *err)
{
    char path[PATH_MAX];
    OWNED_BUF bytes;

    buf_init(&bytes, UNIVERSITY_BYTES_MOST);
    if (!path_join(path, sizeof path, folder, "university.json", err) || !file_read(path, &bytes, err))
        return false;
    demo->university = json_read(buf_str(&bytes), err);
    if (!demo->university)
        return error_add(err, "university.json");
    return json_array_size(demo_well_known(demo)) >= DEMO_STUDENTS_LEAST ||
           error_set(err, ERR_FORMAT, "university.json has not %d students", DEMO_STUDENTS_LEAST);
}

static bool read_photos(Demo *demo, const char *folder, Error *err)
{
    char path[PATH_MAX], name[32];

    for (size_t i = 0; i < DEMO_PHOTOS_MOST; i++) {
        Error missing = { 0 };

        buf_init(&demo->photos[i], PHOTO_BYTES_MOST);
        snprintf(name, sizeof name, "photos/%02zu.png", i + 1);
        if (!path_join(path, sizeof path, folder, name, err))
            return false;
        if (!file_read(path, &demo->photos[i], &missing) && missing.cause != ENOENT) {
            *err = missing;
            return error_add(err, "%s", name);
        }
    }
    return true;
}

Demo *demo_open(const char *folder, const DemoPlan *plan, Error *err)
{
    if (plan->institutions < 1 || plan->institutions > DEMO_INSTITUTIONS_MOST || plan->students > DEMO_STUDENTS_MOST ||
        plan->students < plan->institutions * DEMO_STUDENTS_LEAST) {
        error_set(err, ERR_ARGUMENT, "1 to %d institutions of at least %d students, %d students in all at most",
                  DEMO_INSTITUTIONS_MOST, DEMO_STUDENTS_LEAST, DEMO_STUDENTS_MOST);
        return NULL;
    }
    OWNED(Demo) demo = mem_new(1, sizeof *demo);
    if (!demo) {
        error_set(err, ERR_MEMORY, "demo");
        return NULL;
    }
    demo->plan = *plan;
    demo->lists = lists_open(folder, err);
    if (!demo->lists || !read_university(demo, folder, err) || !read_photos(demo, folder, err))
        return NULL;
    return steal(&demo);
}

void demo_close(Demo *demo)
{
    if (!demo)
        return;
    json_decref(demo->university);
    lists_close(demo->lists);
    for (size_t i = 0; i < DEMO_PHOTOS_MOST; i++)
        buf_fini(&demo->photos[i]);
    mem_free(demo);
}

const json_t *demo_well_known(const Demo *demo)
{
    return json_object_get(demo->university, "students");
}

/* --- groups ------------------------------------------------------------------------------------------------------ */

bool group_is_master(const Group *group)
{
    return group->way == 'm';
}

int group_class(const Group *group)
{
    return (DEMO_YEAR - group->entry) * 2 + group_is_master(group);
}

static int usual_years(char way)
{
    return way == 'm' ? 2 : way == 'b' ? 3 : way == 'e' || way == 'p' ? 5 : 4;
}

/* Whether a programme takes students in this way that year: daytime each year, in Russian every other, ... */
static bool is_taught(const Programme *programme, char way, int age, int years)
{
    switch (way) {
    case 'd': return age < 4 || (age == years && programme->semester_count >= (size_t)years * 2);
    case 'r': return age < 4 && (age + programme->id[0]) % 2 == 0;
    case 'e':
    case 'p':
    case 's':
    case 'j': return age < 4;
    case 'b': return age < 3;
    case 'm': return age < 2 || (age == years && programme->semester_count >= (size_t)years * 2);
    default: return age < 2; /* distance, which is young */
    }
}

/* They begin large and lose some each year; a class in Russian and a master's are small. */
static int usual_size(const Group *group, size_t at)
{
    int age = DEMO_YEAR - group->entry;

    if (group_is_master(group))
        return 10 + (int)(at % 3);
    return (group->way == 'r' ? 24 : 30) - age * 2 - (int)(at * 5 % 4);
}

static void add_group(DemoUniversity *university, const Faculty *faculty, size_t teaching, char way, int age)
{
    const Programme *programme = faculty->teachings[teaching].programme;
    int years = faculty->teachings[teaching].years ? faculty->teachings[teaching].years : usual_years(way);
    Group *group = &university->groups[university->group_count];

    if (!is_taught(programme, way, age, years) || university->group_count == GROUPS_MOST)
        return;
    *group = (Group){ .faculty = faculty,
                      .programme = programme,
                      .way = way,
                      .graduated = age == years,
                      .entry = DEMO_YEAR - age,
                      .years = years,
                      .before = university->round };
    group->class_before = university->classes[group_class(group)];
    group->size = usual_size(group, university->group_count++);
    university->round += group->size;
    university->classes[group_class(group)] += group->size;
}

static size_t slots_of(const Faculty *faculty)
{
    size_t slots = 0;

    for (size_t i = 0; i < faculty->teaching_count; i++)
        slots += strlen(faculty->teachings[i].ways);
    return slots;
}

/* A faculty's turn: another programme and way each time, and each of them in another year of entry. */
static void take_turn(DemoUniversity *university, const Faculty *faculty, size_t turn, size_t first)
{
    static const int ages[ENTRIES] = { 1, 2, 0, 3, 4 };
    size_t slots = slots_of(faculty), slot = slots ? turn % slots : 0, teaching = 0;
    int age = ages[slots ? (turn / slots + slot + first) % ENTRIES : 0];

    if (turn >= slots * ENTRIES)
        return;
    while (slot >= strlen(faculty->teachings[teaching].ways))
        slot -= strlen(faculty->teachings[teaching++].ways);
    add_group(university, faculty, teaching, faculty->teachings[teaching].ways[slot], age);
}

/* Faculties take turns, so that a few groups are of every kind already. */
static void plan_groups(DemoUniversity *university)
{
    const Lists *lists = university->demo->lists;
    size_t few = lists->faculty_count < FIRST_FACULTIES ? lists->faculty_count : FIRST_FACULTIES;
    size_t faculties = university->kind ? university->kind->faculty_count : few;

    for (size_t turn = 0; turn < GROUPS_MOST; turn++)
        for (size_t k = 0; k < faculties; k++)
            take_turn(university, university->kind ? university->kind->faculties[k] : &lists->faculties[k], turn, k);
}

const Group *university_group(const DemoUniversity *university, size_t index, int *ret_seat, size_t *ret_round)
{
    size_t place = index - university->skipped, low = 0, high = university->group_count;

    *ret_round = place / (size_t)university->round;
    place %= (size_t)university->round;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;

        if ((size_t)university->groups[middle].before <= place)
            low = middle;
        else
            high = middle;
    }
    *ret_seat = (int)(place - (size_t)university->groups[low].before);
    return &university->groups[low];
}

/* --- one institution --------------------------------------------------------------------------------------------- */

static size_t weight_of(const Demo *demo, size_t number)
{
    Dice dice = dice_of(demo->plan.seed, SIZES, number);

    return number == 0 ? 14 : 2 + dice_below(&dice, 13);
}

/* Sixty each, the rest by weight, and what does not come out even to the first. */
static size_t students_of(const Demo *demo, size_t number)
{
    size_t rest = demo->plan.students - demo->plan.institutions * DEMO_STUDENTS_LEAST;
    size_t weights = weight_of(demo, 0), given = 0;

    for (size_t i = 1; i < demo->plan.institutions; i++)
        weights += weight_of(demo, i);
    for (size_t i = 0; number == 0 && i < demo->plan.institutions; i++)
        given += rest * weight_of(demo, i) / weights;
    return DEMO_STUDENTS_LEAST + rest * weight_of(demo, number) / weights + (number == 0 ? rest - given : 0);
}

static const json_t *first_institution(const Demo *demo)
{
    return json_object_get(demo->university, "institution");
}

/* The first lies where institution.json says. */
static const Place *first_place(const Demo *demo)
{
    const char *city = json_string_value(json_object_get(json_object_get(first_institution(demo), "city"), "uz"));

    for (size_t i = 0; city && i < demo->lists->place_count; i++)
        if (strcmp(demo->lists->places[i].uz, city) == 0)
            return &demo->lists->places[i];
    return &demo->lists->places[0];
}

static void place_it(DemoUniversity *university)
{
    const Lists *lists = university->demo->lists;
    const char *id = json_string_value(json_object_get(first_institution(university->demo), "id"));

    if (university->number == 0) {
        university->place = first_place(university->demo);
        str_copy_cut(str_from(id), university->id, sizeof university->id);
        return;
    }
    /* Places and kinds have no divisor in common: each pair comes once. */
    university->place = &lists->places[university->number % lists->place_count];
    university->kind = &lists->kinds[university->number % lists->kind_count];
    snprintf(university->id, sizeof university->id, "%.20s-%.19s", university->place->id, university->kind->id);
}

DemoUniversity *demo_university_new(const Demo *demo, size_t number, Error *err)
{
    OWNED(DemoUniversity) made = mem_new(1, sizeof *made);

    if (!made) {
        error_set(err, ERR_MEMORY, "university");
        return NULL;
    }
    made->demo = demo;
    made->number = number;
    made->students = students_of(demo, number);
    made->skipped = number == 0 ? json_array_size(demo_well_known(demo)) : 0;
    if (made->skipped > made->students)
        made->skipped = made->students;
    made->code = FIRST_CODE + (int)number;
    place_it(made);
    plan_groups(made);
    if (!made->id[0] || made->round == 0) {
        error_set(err, ERR_FORMAT, "an institution without a name or without groups");
        return NULL;
    }
    return steal(&made);
}

void demo_university_free(DemoUniversity *university)
{
    mem_free(university);
}

const char *demo_university_id(const DemoUniversity *university)
{
    return university->id;
}

size_t demo_university_students(const DemoUniversity *university)
{
    return university->students;
}

size_t demo_university_known(const DemoUniversity *university)
{
    return university->skipped;
}
