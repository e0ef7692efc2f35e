#include "test.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/random.h"
#include "wire/form.h"

#include "catalogue_sample.h"

static void a_service_is_read_whole(void **state)
{
    OWNED(Catalogue) catalogue = catalogue_sample();
    const Service *service = catalogue_find(catalogue, STR("certificate"));

    (void)state;
    assert_int_equal(catalogue_count(catalogue), 1);
    assert_ptr_equal(service, catalogue_at(catalogue, 0));
    assert_null(catalogue_find(catalogue, STR("certificat")));
    assert_string_equal(service->group, "documents");
    assert_string_equal(service->icon, "doc");
    assert_int_equal(service->order, 10);
    assert_string_equal(local_text(&service->title, LANGUAGE_RU), "Title");
    assert_int_equal(service->contains_count, 1);
    assert_string_equal(local_text(&service->whom, LANGUAGE_EN), "All");
    assert_int_equal(service->predicate_count, 1);
    assert_string_equal(service->predicates[0].is, "status");
    assert_int_equal(service->predicates[0].in_count, 1);
    assert_string_equal(service->predicates[0].in[0], "11");
    assert_int_equal(service->yields, YIELD_DOCUMENT);
    assert_string_equal(service->document, "certificate");
    assert_int_equal(service->language_count, 2);
    assert_int_equal(service->languages[0], LANGUAGE_UZ);
    assert_int_equal(service->languages[1], LANGUAGE_EN);
    assert_false(service->from_hemis);
    assert_int_equal(service->promise_hours, 0);
    assert_int_equal(service->fee, 0);
    assert_int_equal(service->limit_day, 3);
    assert_int_equal(service->repeat, REPEAT_ALWAYS);
    assert_int_equal(service->bring_count, 1);
    assert_string_equal(local_text(&service->bring[0], LANGUAGE_UZ), "Passport");
}

static void a_form_is_read_whole(void **state)
{
    OWNED(Catalogue) catalogue = catalogue_sample();
    const Service *service = catalogue_at(catalogue, 0);
    const Field *receiver = &service->fields[0], *place = &service->fields[1], *until = &service->fields[3];

    (void)state;
    assert_int_equal(service->field_count, 4);
    assert_int_equal(receiver->kind, FIELD_CHOICE);
    assert_true(receiver->required);
    assert_int_equal(receiver->choice_count, 2);
    assert_null(receiver->choices[0].icon);
    assert_string_equal(receiver->choices[1].icon, "edit");
    assert_string_equal(local_text(&receiver->choices[1].paper, LANGUAGE_EN), "For “{place}”.");
    assert_string_equal(local_text(&receiver->choices[1].help, LANGUAGE_EN), "");
    assert_int_equal(receiver->when.kind, CONDITION_ALWAYS);
    assert_int_equal(place->kind, FIELD_TEXT);
    assert_true(place->quoted);
    assert_int_equal(place->least, 3);
    assert_int_equal(place->most, 80);
    assert_int_equal(place->when.kind, CONDITION_EQUALS);
    assert_string_equal(place->when.field, "receiver");
    assert_string_equal(place->when.values[0], "other");
    assert_int_equal(service->fields[2].kind, FIELD_NUMBER);
    assert_int_equal(until->kind, FIELD_DATE);
    assert_int_equal(until->when.kind, CONDITION_AND);
    assert_int_equal(until->when.part_count, 3);
    assert_int_equal(until->when.parts[1].kind, CONDITION_NOT);
    assert_int_equal(until->when.parts[1].parts[0].kind, CONDITION_BETWEEN);
    assert_int_equal(until->when.parts[2].parts[0].value_count, 2);
}

/* A text of the sample's one service with another value at a path; the caller frees it. */
static void spoil(json_t *json, const char *path, const char *value);

static Catalogue *sample_with(const char *path, const char *value)
{
    json_t *json = json_loads(SAMPLE, 0, NULL);
    Error err = { 0 };

    spoil(json, path, value);
    char *text = json_dumps(json, 0);
    Catalogue *catalogue = catalogue_parse(str_from(text), &err);
    if (!catalogue)
        fail_msg("%s", err.text);
    mem_free(text);
    json_decref(json);
    return catalogue;
}

static void a_way_through_people_is_read(void **state)
{
    OWNED(Catalogue)
    catalogue =
        sample_with("services.0.through",
                    "{\"units\":[\"front-office\",\"dean\"],\"hand_out\":\"window\",\"blank\":\"academic-record\","
                    "\"asks\":[{\"id\":\"from\",\"type\":\"date\",\"required\":true,\"label\":" TEXTS("From") "}]}");
    const Service *service = catalogue_at(catalogue, 0);
    Service asks = service_asks(service);

    (void)state;
    assert_true(service->through && service->at_window);
    assert_int_equal(service->unit_count, 2);
    assert_string_equal(service->units[1], "dean");
    assert_string_equal(service->blank, "academic-record");
    assert_int_equal(asks.field_count, 1);
    assert_string_equal(asks.fields[0].id, "from");
}

static void a_correction_yields_no_paper(void **state)
{
    json_t *json = json_loads(SAMPLE, 0, NULL);
    Error err = { 0 };

    (void)state;
    spoil(json, "services.0.yields", "{\"correction\":\"passport-name\"}");
    spoil(json, "services.0.through", "{\"units\":[\"front-office\"]}");
    char *text = json_dumps(json, 0);
    OWNED(Catalogue) catalogue = catalogue_parse(str_from(text), &err);
    assert_ok(catalogue, err);
    const Service *service = catalogue_at(catalogue, 0);
    assert_int_equal(service->yields, YIELD_ACTION);
    assert_string_equal(service->correction, "passport-name");
    assert_null(service->document);
    assert_false(service->at_window);
    mem_free(text);
    json_decref(json);
}

#define PORTAL                                                                                                         \
    "{\"name\":" TEXTS("Portal") ",\"address\":\"https://my.example\",\"document\":\"sheet\",\"languages\":[\"uz\"]}"

/* One file, two ways: the university turns it with one word. */
static void a_service_has_the_questions_of_its_way(void **state)
{
    static const struct {
        const char *decided; /* NULL: not said */
        bool portal;
        size_t questions;
        const char *last;
    } cases[] = { { NULL, false, 4, "paper" }, { "\"here\"", false, 4, "paper" }, { "\"portal\"", true, 3, "copies" } };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *json = json_loads(SAMPLE, 0, NULL);
        Error err = { 0 };

        spoil(json, "services.0.yields", "{\"application\":\"place\"}");
        spoil(json, "services.0.through", "{\"units\":[\"dean\"]}");
        spoil(json, "services.0.portal", PORTAL);
        spoil(json, "services.0.promise.working_hours", "40");
        spoil(json, "services.0.fee", "5000");
        spoil(json, "services.0.form.3",
              "{\"id\":\"paper\",\"type\":\"paper\",\"decided\":\"here\",\"label\":" TEXTS("Paper") "}");
        if (cases[i].decided)
            spoil(json, "services.0.decided", cases[i].decided);
        char *text = json_dumps(json, 0);
        OWNED(Catalogue) catalogue = catalogue_parse(str_from(text), &err);
        assert_ok(catalogue, err);
        const Service *service = catalogue_at(catalogue, 0);
        assert_int_equal(service->portal != NULL, cases[i].portal);
        assert_int_equal(service->yields, cases[i].portal ? YIELD_DOCUMENT : YIELD_APPLICATION);
        assert_int_equal(service->through, !cases[i].portal);
        assert_int_equal(service->promise_hours, cases[i].portal ? 0 : 40);
        assert_int_equal(service->fee, cases[i].portal ? 0 : 5000);
        assert_int_equal(service->field_count, cases[i].questions);
        assert_string_equal(service->fields[service->field_count - 1].id, cases[i].last);
        mem_free(text);
        json_decref(json);
    }
}

/* --- order, version, canonical text ------------------------------------------------------------------------------- */

#define THREE(a, b, c) "{\"services\":[" a "," b "," c "]}"
#define TRANSCRIPT     SAMPLE_SERVICE("transcript", "documents", "20")
#define CERTIFICATE    SAMPLE_SERVICE("certificate", "documents", "10")
#define TIMETABLE      SAMPLE_SERVICE("timetable", "study", "1")

static void services_stand_in_one_order(void **state)
{
    static const char *const texts[] = {
        THREE(TRANSCRIPT, CERTIFICATE, TIMETABLE),
        THREE(TIMETABLE, CERTIFICATE, TRANSCRIPT),
        " " THREE(CERTIFICATE, TIMETABLE, TRANSCRIPT) "\n",
    };
    char version[17] = "";

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        Error err = { 0 };
        OWNED(Catalogue) catalogue = catalogue_parse(str_from(texts[i]), &err);

        assert_ok(catalogue, err);
        assert_string_equal(catalogue_at(catalogue, 0)->id, "certificate");
        assert_string_equal(catalogue_at(catalogue, 1)->id, "transcript");
        assert_string_equal(catalogue_at(catalogue, 2)->id, "timetable");
        assert_int_equal(strlen(catalogue_version(catalogue)), 16);
        if (i > 0)
            assert_string_equal(catalogue_version(catalogue), version);
        memcpy(version, catalogue_version(catalogue), sizeof version);
    }
}

/* What the registrar sends is what the kiosk reads: the same services, text and version. */
static void its_text_makes_itself_again(void **state)
{
    Error err = { 0 };
    OWNED(Catalogue) first = catalogue_parse(STR(THREE(TRANSCRIPT, CERTIFICATE, TIMETABLE)), &err);
    OWNED(Catalogue) again = NULL;
    OWNED(Catalogue) other = catalogue_sample();

    (void)state;
    assert_ok(first, err);
    again = catalogue_parse(catalogue_json(first), &err);
    assert_ok(again, err);
    assert_true(str_equal(catalogue_json(first), catalogue_json(again)));
    assert_string_equal(catalogue_version(first), catalogue_version(again));
    assert_string_not_equal(catalogue_version(first), catalogue_version(other));
}

static void the_last_owner_ends_it(void **state)
{
    Catalogue *catalogue = catalogue_sample();
    Catalogue *kept = catalogue_keep(catalogue);

    (void)state;
    catalogue_drop(catalogue);
    assert_string_equal(catalogue_at(kept, 0)->id, "certificate");
    catalogue_drop(kept);
    catalogue_drop(NULL);
}

/* --- refusals ----------------------------------------------------------------------------------------------------- */

/* The sample with the value at a path replaced ("services.0.form.1.id"), added, or, for NULL, taken away. */
static void spoil(json_t *json, const char *path, const char *value)
{
    char copy[128];
    char *key = copy, *dot;

    snprintf(copy, sizeof copy, "%s", path);
    while ((dot = strchr(key, '.'))) {
        *dot = '\0';
        json = json_is_array(json) ? json_array_get(json, (size_t)(key[0] - '0')) : json_object_get(json, key);
        assert_non_null(json);
        key = dot + 1;
    }
    if (!value)
        assert_int_equal(json_object_del(json, key), 0);
    else if (json_is_array(json) && (size_t)(key[0] - '0') < json_array_size(json))
        assert_int_equal(json_array_set_new(json, (size_t)(key[0] - '0'), json_loads(value, JSON_DECODE_ANY, NULL)), 0);
    else if (json_is_array(json))
        assert_int_equal(json_array_append_new(json, json_loads(value, JSON_DECODE_ANY, NULL)), 0);
    else
        assert_int_equal(json_object_set_new(json, key, json_loads(value, JSON_DECODE_ANY, NULL)), 0);
}

#define S "services.0."
#define P "services[0]."

static void refuses_with_the_path(void **state)
{
    static const struct {
        const char *path, *value; /* NULL: taken away */
        const char *refused;      /* how the error's text begins */
    } cases[] = {
        { "more", "1", "more: unknown key" },
        { "services", NULL, "services: missing" },
        { "services", "{}", "services: " },
        { "services.1", "7", "services[1]: not an object" },
        { S "colour", "1", P "colour: unknown key" },
        { S "id", NULL, P "id: " },
        { S "id", "\"Certificate\"", P "id: " },
        { S "id", "\"\"", P "id: " },
        { S "id", "\"an-id-of-forty-eight-letters-is-too-long-for-ours\"", P "id: " },
        { S "group", "\"sports\"", P "group: no such group" },
        { S "icon", "\"../doc\"", P "icon: " },
        { S "order", NULL, P "order: missing" },
        { S "order", "\"1\"", P "order: " },
        { S "order", "-1", P "order: " },
        { S "order", "1.5", P "order: " },
        { S "titles", NULL, P "titles: missing" },
        { S "titles.ru", NULL, P "titles.ru: missing" },
        { S "titles.uz-Cyrl", "\"\"", P "titles.uz-Cyrl: " },
        { S "titles.en", "\" a\"", P "titles.en: " },
        { S "titles.en", "\"a\\u202eb\"", P "titles.en: " },
        { S "titles.en", "\"a\\nb\"", P "titles.en: " },
        { S "titles.xx", "\"a\"", P "titles.xx: unknown key" },
        { S "help", NULL, P "help: missing" },
        { S "whom", NULL, P "whom: missing" },
        { S "contains.0.ru", NULL, P "contains[0].ru: missing" },
        { S "contains.1", "\"a\"", P "contains[1]: not an object" },
        { S "for", NULL, P "for: missing" },
        { S "for.0.is", NULL, P "for[0].is: " },
        { S "for.0.in", NULL, P "for[0].in: missing" },
        { S "for.0.in.0", "11", P "for[0].in[0]: " },
        { S "for.0.not", "1", P "for[0].not: unknown key" },
        { S "yields", NULL, P "yields: missing" },
        { S "yields.document", NULL, P "yields.document: " },
        { S "yields.application", "\"leave\"", P "yields.application: none of the words" },
        { S "yields", "{\"application\":\"order\"}", "services[0]: people alone" },
        { S "yields", "{\"application\":\"order\",\"document\":\"a\"}", P "yields.languages: missing" },
        { S "decided", "\"portal\"", P "decided: names the way" },
        { S "decided", "\"there\"", P "decided: none of the words" },
        { S "portal", "{\"name\":" TEXTS("P") ",\"address\":\"http://a.uz\",\"document\":\"a\",\"languages\":[\"uz\"]}",
          P "portal: a portal's address" },
        { S "portal", "{\"name\":" TEXTS("P") ",\"address\":\"https://a.uz\"}", P "portal.document: " },
        { S "form.1.decided", "\"there\"", P "form[1].decided: none of the words" },
        { S "form.0.decided", "\"here\"", P "form[1].when: looks at a question that is not asked before" },
        { S "fee_of", "\"receiver\"", P "fee_of: names no question" },
        { S "ground", "[\"a\"]", P "ground[0]" },
        { S "topic", "\"A\"", P "topic: " },
        { S "yields.languages", NULL, P "yields.languages: missing" },
        { S "yields.languages", "[]", P "yields: a document wants its languages" },
        { S "yields.languages.1", "\"uz\"", P "yields: a language stands twice" },
        { S "yields.languages.1", "\"de\"", P "yields.languages[1]: " },
        { S "yields.valid_days", "0", P "yields.valid_days: " },
        { S "yields", "{\"correction\":\"birth-date\"}", P "yields.correction: none of the words" },
        { S "yields", "{\"correction\":\"passport-name\"}", "services[0]: people alone" },
        { S "yields", "{\"correction\":\"passport-name\",\"document\":\"certificate\"}",
          P "yields.document: unknown key" },
        { S "through", "7", P "through: not an object" },
        { S "through", "{}", P "through.units: missing" },
        { S "through", "{\"units\":[]}", P "through: wants a unit that decides" },
        { S "through", "{\"units\":[\"kitchen\"]}", P "through.units[0]: no unit that decides" },
        { S "through", "{\"units\":[\"dean\"],\"hand_out\":\"post\"}", P "through.hand_out: " },
        { S "through", "{\"units\":[\"dean\"],\"blank\":\"record\"}", P "through: a numbered form leaves" },
        { S "through", "{\"units\":[\"dean\"],\"asks\":[{\"id\":\"a\",\"type\":\"date\"}]}",
          P "through.asks[0].label: missing" },
        { S "through",
          "{\"units\":[\"dean\"],\"asks\":[{\"id\":\"a\",\"type\":\"date\",\"label\":" TEXTS(
              "A") ",\"when\":{\"exists\":\"receiver\"}}]}",
          P "through.asks[0].when: looks at" },
        { S "for.0.else", "\"nothing-such\"", "services: certificate leads to nothing-such" },
        { S "for.0.else", "\"certificate\"", "services: certificate leads to certificate" },
        { S "form.0.shows", "7", P "form[0].shows: " },
        { S "form.0.choices.0.sets", "{}", P "form[0].choices[0].sets: wants something" },
        { S "form.0.choices.0.sets", "{\"languages\":[]}", P "form[0].choices[0].sets: a document wants" },
        { S "form.0.choices.0.sets", "{\"copies\":0}", P "form[0].choices[0].sets.copies: " },
        { S "form.0.choices.0.sets", "{\"colour\":1}", P "form[0].choices[0].sets.colour: unknown key" },
        { S "form.0.choices.0.sets", "{\"service\":\"other\",\"copies\":1}", P "form[0].choices[0].sets: wants" },
        { S "form.0.choices.0.sets", "{\"service\":\"other\"}", "services: certificate leads to other" },
        { S "source", NULL, P "source: missing" },
        { S "source", "\"theirs\"", P "source: " },
        { S "promise", NULL, P "promise: missing" },
        { S "promise.working_hours", "-1", P "promise.working_hours: " },
        { S "fee", "-1", P "fee: " },
        { S "limit.day", "0", P "limit.day: " },
        { S "limit.week", "3", P "limit.week: unknown key" },
        { S "repeat", "\"often\"", P "repeat: " },
        { S "bring.0", "\"Passport\"", P "bring[0]: not an object" },
        { S "form", "{}", P "form: " },
        { S "form.0.id", "\"a b\"", P "form[0].id: " },
        { S "form.2.id", "\"receiver\"", P "form[2].id: two questions of one id" },
        { S "form.0.type", NULL, P "form[0].type: missing" },
        { S "form.0.type", "\"colour\"", P "form[0].type: " },
        { S "form.0.label", NULL, P "form[0].label: missing" },
        { S "form.0.required", "1", P "form[0].required: " },
        { S "form.0.least", "1", P "form[0].least: " },
        { S "form.0.choices", NULL, P "form[0]: a choice wants two" },
        { S "form.0.choices.1.id", "\"bank\"", P "form[0]: two choices of one id" },
        { S "form.0.choices.1.label.en", NULL, P "form[0].choices[1].label.en: missing" },
        { S "form.0.choices.1.paper.en", "\"For {receiver}.\"", P "form[0].choices[1].paper.en: " },
        { S "form.0.choices.1.paper.en", "\"For {nobody}.\"", P "form[0].choices[1].paper.en: " },
        { S "form.0.choices.1.paper.en", "\"For {place.\"", P "form[0].choices[1].paper.en: " },
        { S "form.0.choices.1.paper.en", "\"For place}.\"", P "form[0].choices[1].paper.en: " },
        { S "form.1.most", "81", P "form[1]: quoted words" },
        { S "form.1.most", "2", P "form[1]: least is above most" },
        { S "form.1.choices", "[{\"id\":\"a\",\"label\":" TEXTS("A") "}]", P "form[1]: choices belong to a choice" },
        { S "form.1.when", "{\"equals\":[\"receiver\",\"post\"]}", P "form[1].when: a value" },
        { S "form.1.when", "{\"equals\":[\"copies\",\"1\"]}", P "form[1].when: looks at" },
        { S "form.1.when", "{\"equals\":[\"place\",\"x\"]}", P "form[1].when: looks at" },
        { S "form.1.when", "{\"equals\":[\"receiver\"]}", P "form[1].when: " },
        { S "form.1.when", "{\"equals\":[\"receiver\",1]}", P "form[1].when.equals[1]: " },
        { S "form.1.when", "{\"in\":[\"receiver\"]}", P "form[1].when: " },
        { S "form.1.when", "{\"between\":[\"receiver\",\"bank\",\"other\"]}", P "form[1].when: only a number" },
        { S "form.1.when", "{\"like\":[\"receiver\",\"bank\"]}", P "form[1].when: no such condition" },
        { S "form.1.when", "{}", P "form[1].when: wants one condition" },
        { S "form.1.when", "{\"exists\":\"receiver\",\"not\":{}}", P "form[1].when: wants one condition" },
        { S "form.1.when", "{\"not\":[]}", P "form[1].when.not: wants one condition" },
        { S "form.1.when", "{\"and\":[]}", P "form[1].when.and: wants a list" },
        { S "form.1.when", "{\"or\":[{\"exists\":7}]}", P "form[1].when.or[0].exists: " },
        { S "form.1.when",
          "{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"exists\":\"receiver\"}}}}}}}}",
          P "form[1].when.not.not.not.not.not.not.not: conditions inside" },
        { S "form.3.when", "{\"equals\":[\"copies\",\"4\"]}", P "form[3].when: a value" },
        { S "form.3.colour", "1", P "form[3].colour: unknown key" },
        { S "form.1.script", "\"greek\"", P "form[1].script: " },
        { S "form.1.capital", "\"all\"", P "form[1].capital: " },
        { S "form.2.script", "\"latin\"", P "form[2]: script and capital belong to text" },
        { S "form.2.capital", "\"words\"", P "form[2]: script and capital belong to text" },
        { S "form.0", "{\"id\":\"a\",\"type\":\"several\",\"label\":" TEXTS("A") "}", P "form[0]: a choice wants two" },
        { S "form.0",
          "{\"id\":\"a\",\"type\":\"several\",\"least\":3,\"label\":" TEXTS(
              "A") ",\"choices\":[{\"id\":\"a\",\"label\":" TEXTS("A") "},{\"id\":\"b\",\"label\":" TEXTS("B") "}]}",
          P "form[0]: least is above the number of choices" },
        { S "form.0", "{\"id\":\"a\",\"type\":\"choice\",\"from\":\"friends\",\"label\":" TEXTS("A") "}",
          P "form[0].from: " },
        { S "form.0", "{\"id\":\"a\",\"type\":\"text\",\"from\":\"debts\",\"label\":" TEXTS("A") "}",
          P "form[0]: what comes from a list" },
        { S "form.0", "{\"id\":\"a\",\"type\":\"date\",\"after\":\"b\",\"label\":" TEXTS("A") "}",
          P "form[0].after: " },
        { S "form.0", "{\"id\":\"a\",\"type\":\"paper\",\"most\":9,\"label\":" TEXTS("A") "}", P "form[0].most: " },
        { S "form.0", "{\"id\":\"a\",\"type\":\"email\",\"most\":251,\"label\":" TEXTS("A") "}", P "form[0].most: " },
        { S "form.0", "{\"id\":\"a\",\"type\":\"phone\",\"least\":1,\"label\":" TEXTS("A") "}", P "form[0].least: " },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *json = json_loads(SAMPLE, 0, NULL);
        Error err = { 0 };
        char *text;
        Catalogue *catalogue;

        spoil(json, cases[i].path, cases[i].value);
        text = json_dumps(json, 0);
        catalogue = catalogue_parse(str_from(text), &err);
        if (catalogue || err.code != ERR_FORMAT || strncmp(err.text, cases[i].refused, strlen(cases[i].refused)))
            fail_msg("%s = %s: %s", cases[i].path, cases[i].value ? cases[i].value : "nothing",
                     catalogue ? "taken" : err.text);
        mem_free(text);
        json_decref(json);
    }
}

static void refuses_what_is_no_catalogue(void **state)
{
    static const struct {
        const char *name, *text, *refused;
    } cases[] = {
        { "nothing", "", "not JSON at line 1" },
        { "half", "{\"services\":[", "not JSON at line 1" },
        { "a list", "[]", ": not an object" },
        { "a key twice", "{\"services\":[],\"services\":[]}", "not JSON at line 1" },
        { "something after it", "{\"services\":[]} x", "not JSON at line 1" },
        { "not UTF-8", "{\"services\":[\"\xff\"]}", "not JSON at line 1" },
        { "a zero byte", "{\"services\":[\"\\u0000\"]}", "not JSON at line 1" },
        { "two of one id", "{\"services\":[" CERTIFICATE "," CERTIFICATE "]}", "services: two of id certificate" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Error err = { 0 };

        if (catalogue_parse(str_from(cases[i].text), &err) || err.code != ERR_FORMAT ||
            strncmp(err.text, cases[i].refused, strlen(cases[i].refused)))
            fail_msg("%s: %s", cases[i].name, err.text);
    }
}

static void a_catalogue_may_be_empty(void **state)
{
    Error err = { 0 };
    OWNED(Catalogue) catalogue = catalogue_parse(STR("{\"services\":[]}"), &err);

    (void)state;
    assert_ok(catalogue, err);
    assert_int_equal(catalogue_count(catalogue), 0);
}

/* --- ours --------------------------------------------------------------------------------------------------------- */

typedef struct Gathered {
    Buf json;
    size_t count;
} Gathered;

static bool gather(void *ctx, const char *name, Error *err)
{
    Gathered *all = ctx;
    char path[256];

    if (all->count++ > 0)
        buf_add_byte(&all->json, ',');
    return path_join(path, sizeof path, SOURCE_DIR "/kiosk/services", name, err) && file_read(path, &all->json, err);
}

/* Whoever adds a service to kiosk/services sees here what is wrong with it. */
static void our_own_services_are_read(void **state)
{
    Gathered all = { .count = 0 };
    Error err = { 0 };

    (void)state;
    buf_init(&all.json, CATALOGUE_BYTES_MOST);
    buf_add_text(&all.json, "{\"services\":[");
    assert_ok(folder_each(SOURCE_DIR "/kiosk/services", ".json", gather, &all, &err), err);
    buf_add_text(&all.json, "]}");
    OWNED(Catalogue) catalogue = catalogue_parse(buf_str(&all.json), &err);
    buf_fini(&all.json);
    assert_ok(catalogue, err);
    assert_int_equal(catalogue_count(catalogue), all.count - 1); /* hemis-papers is off until there is a HEMIS */
    const Service *certificate = catalogue_find(catalogue, STR("certificate-of-study"));
    assert_non_null(certificate);
    for (size_t i = 0; i < certificate->fields[0].choice_count; i++)
        for (Language l = 0; l < LANGUAGE_COUNT; l++)
            assert_true(certificate->fields[0].choices[i].paper.in[l] || !language_is_whole(l));
}

/* --- what strangers send ------------------------------------------------------------------------------------------ */

static void changed_texts_do_no_harm(void **state)
{
    static const char ours[] = "{}[]\",:0-1.eE\\utfn aiz";
    RandomSeeded seeded;
    Random random = random_seeded(&seeded, 8259);
    size_t length = strlen(SAMPLE), taken = 0;
    char *text = mem_copy_text(SAMPLE);

    (void)state;
    for (int round = 0; round < 20000; round++) {
        uint32_t dice[9];

        assert_true(random_fill(&random, dice, sizeof dice, NULL));
        memcpy(text, SAMPLE, length);
        for (uint32_t i = 0; i <= dice[0] % 3; i++)
            text[dice[1 + i] % length] = dice[4 + i] % 8 ? ours[dice[4 + i] / 8 % (sizeof ours - 1)] : (char)dice[7];
        Catalogue *catalogue = catalogue_parse((Str){ text, dice[8] % 16 ? length : dice[8] / 16 % length }, NULL);
        taken += catalogue != NULL;
        catalogue_drop(catalogue);
    }
    mem_free(text);
    assert_true(taken > 100); /* changes inside words are no harm: the reader was reached */
}

/* Whichever request for memory fails, nothing is lost, and no half of a catalogue comes out.  (jansson's reader ends
 * the program when its memory fails inside certain strings: the sample has none such.) */
static void memory_may_fail_anywhere(void **state)
{
    unsigned refused = 0;

    (void)state;
    for (unsigned n = 1; n < 1000; n++) {
        Error err = { 0 };

        mem_fail_nth(n);
        OWNED(Catalogue) catalogue = catalogue_parse(STR(SAMPLE), &err);
        mem_fail_nth(0);
        refused += catalogue == NULL;
        if (catalogue)
            assert_int_equal(catalogue_count(catalogue), 1);
        else
            assert_true(err.code != ERR_NONE);
    }
    assert_true(refused > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_service_is_read_whole),
        cmocka_unit_test(a_form_is_read_whole),
        cmocka_unit_test(a_way_through_people_is_read),
        cmocka_unit_test(a_correction_yields_no_paper),
        cmocka_unit_test(a_service_has_the_questions_of_its_way),
        cmocka_unit_test(services_stand_in_one_order),
        cmocka_unit_test(its_text_makes_itself_again),
        cmocka_unit_test(the_last_owner_ends_it),
        cmocka_unit_test(refuses_with_the_path),
        cmocka_unit_test(refuses_what_is_no_catalogue),
        cmocka_unit_test(a_catalogue_may_be_empty),
        cmocka_unit_test(our_own_services_are_read),
        cmocka_unit_test(changed_texts_do_no_harm),
        cmocka_unit_test(memory_may_fail_anywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
