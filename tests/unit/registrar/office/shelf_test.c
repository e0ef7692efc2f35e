#include "fixture.h"

#include <stdatomic.h>
#include <time.h>

#include "base/memory.h"
#include "registrar/office/offers.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/office/tokens.h"

#define SERVICE "certificate-of-study"
#define READERS 4

/* --- an office with folders of its own ---------------------------------------------------------------------------- */

typedef struct Desk {
    OfficeFixture fixture;
    char services[128], documents[128], service_file[192], second_file[192];
    Buf service, template;
} Desk;

static void copy_file(const char *from, const char *to, Buf *ret)
{
    Error err = { 0 };

    buf_init(ret, 1u << 20);
    assert_ok(file_read(from, ret, &err), err);
    assert_ok(file_write(to, 0600, buf_str(ret), &err), err);
}

/* Alone: without the services and papers that it leads to. */
static void write_alone(const char *path, Buf *service)
{
    Error err = { 0 };
    json_t *json = json_read(buf_str(service), &err), *field, *choice;
    size_t i, k;

    assert_non_null(json);
    json_object_set_new(json, "for", json_array());
    json_array_foreach(json_object_get(json, "form"), i, field)
    {
        json_array_foreach(json_object_get(field, "choices"), k, choice)
        {
            json_object_del(choice, "sets");
        }
    }
    buf_clear(service);
    assert_ok(json_write(json, service, &err) && file_write(path, 0600, buf_str(service), &err), err);
    json_decref(json);
}

static void desk_open(Desk *desk)
{
    Error err = { 0 };
    char path[256];
    OWNED_BUF words;

    fixture_open(&desk->fixture);
    office_close(desk->fixture.office);
    snprintf(desk->services, sizeof desk->services, "%s/services", desk->fixture.folder);
    snprintf(desk->documents, sizeof desk->documents, "%s/documents", desk->fixture.folder);
    snprintf(path, sizeof path, "%s/words", desk->documents);
    assert_ok(folder_make(desk->services, 0700, &err) && folder_make(path, 0700, &err), err);
    snprintf(desk->service_file, sizeof desk->service_file, "%s/" SERVICE ".json", desk->services);
    snprintf(desk->second_file, sizeof desk->second_file, "%s/second.json", desk->services);
    copy_file(SOURCE_DIR "/kiosk/services/" SERVICE ".json", desk->service_file, &desk->service);
    write_alone(desk->service_file, &desk->service);
    snprintf(path, sizeof path, "%s/" SERVICE ".json", desk->documents);
    copy_file(SOURCE_DIR "/assets/documents/" SERVICE ".json", path, &desk->template);
    snprintf(path, sizeof path, "%s/words/words.json", desk->documents);
    copy_file(SOURCE_DIR "/assets/documents/words/words.json", path, &words);
    desk->fixture.config.catalogue_folder = desk->services;
    desk->fixture.config.templates_folder = desk->documents;
    desk->fixture.config.follows = true;
    fixture_office_open(&desk->fixture);
}

static void desk_close(Desk *desk)
{
    buf_fini(&desk->service);
    buf_fini(&desk->template);
    fixture_close(&desk->fixture);
}

/* The whole service under another id. */
static void make_service(const Desk *desk, const char *id, int order, Buf *ret)
{
    Error err = { 0 };
    json_t *json = json_read(buf_str(&desk->service), &err);

    buf_init(ret, 1u << 20);
    assert_non_null(json);
    json_object_set_new(json, "id", json_string(id));
    json_object_set_new(json, "order", json_integer(order));
    assert_ok(json_write(json, ret, &err), err);
    json_decref(json);
}

static void put_file(const char *path, Str text)
{
    Error err = { 0 };

    assert_ok(file_write(path, 0600, text, &err), err);
}

static bool offers(const Office *office, const char *id)
{
    OWNED(Shelf) shelf = shelf_take(office);

    return shelf_service(shelf, id) != NULL;
}

static void pause_ms(int ms)
{
    nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000L }, NULL);
}

static void await_offer(const Office *office, const char *id, bool there)
{
    for (int waited_ms = 0; offers(office, id) != there; waited_ms += 10) {
        if (waited_ms > 20000)
            fail_msg("%s is %s", id, there ? "not taken" : "there still");
        pause_ms(10);
    }
}

static int64_t alerts(const Desk *desk)
{
    return fixture_rows(&desk->fixture, "SELECT count(*) FROM alert WHERE what = 'catalogue.refused'");
}

/* --- one shelf ---------------------------------------------------------------------------------------------------- */

static void an_act_keeps_the_shelf_that_it_took(void **state)
{
    Desk desk = { 0 };
    OWNED_BUF second;

    (void)state;
    desk_open(&desk);
    make_service(&desk, "second", 20, &second);
    OWNED(Shelf) before = shelf_take(desk.fixture.office);
    put_file(desk.second_file, buf_str(&second));
    await_offer(desk.fixture.office, "second", true);
    OWNED(Shelf) after = shelf_take(desk.fixture.office);
    assert_ptr_not_equal(before, after);
    assert_null(shelf_service(before, "second"));
    assert_non_null(shelf_service(before, SERVICE));
    assert_string_not_equal(catalogue_version(shelf_catalogue(before)), catalogue_version(shelf_catalogue(after)));
    unlink(desk.second_file);
    await_offer(desk.fixture.office, "second", false);
    desk_close(&desk);
    assert_string_equal(shelf_service(after, "second")->id, "second"); /* it outlives its office */
}

typedef struct Reading {
    const Office *office;
    atomic_bool *over;
    int64_t rounds;
    bool torn;
} Reading;

/* A service and its template are always of one version: the order of the one says which the other must be. */
static void *read_shelves(void *arg)
{
    Reading *reading = arg;

    while (!atomic_load(reading->over)) {
        OWNED(Shelf) shelf = shelf_take(reading->office);
        const Service *service = shelf_service(shelf, "both");
        const Paper *paper = shelf_paper(shelf, "both");
        char title[32];

        reading->rounds++;
        if (!service)
            continue;
        snprintf(title, sizeof title, "Title %d", service->order);
        if (!paper || strcmp(template_title(paper->template, LANGUAGE_UZ), title) != 0)
            reading->torn = true;
    }
    return NULL;
}

static void make_both(const Desk *desk, int n, Buf *service, Buf *template)
{
    Error err = { 0 };
    json_t *json = json_read(buf_str(&desk->template), &err), *body;
    const char *tag;
    char title[32];

    make_service(desk, "both", n, service);
    assert_non_null(json);
    snprintf(title, sizeof title, "Title %d", n);
    json_object_set_new(json, "id", json_string("both"));
    json_object_foreach(json_object_get(json, "languages"), tag, body)
        json_object_set_new(body, "title", json_string(title));
    buf_init(template, 1u << 20);
    assert_ok(json_write(json, template, &err), err);
    json_decref(json);
    json = json_read(buf_str(service), &err);
    json_object_set_new(json_object_get(json, "yields"), "document", json_string("both"));
    buf_clear(service);
    assert_ok(json_write(json, service, &err), err);
    json_decref(json);
}

/* Folders are changed as one, as a checkout does it: by turning a link. */
static void turn_folder(const Desk *desk, int n)
{
    char folder[192], link[192], services[256], path[320], name[64];
    Error err = { 0 };
    OWNED_BUF service, template;

    make_both(desk, n, &service, &template);
    snprintf(folder, sizeof folder, "%s/v%d", desk->fixture.folder, n);
    snprintf(link, sizeof link, "%s/link", desk->fixture.folder);
    snprintf(services, sizeof services, "%s/services", folder);
    assert_ok(folder_make(services, 0700, &err), err);
    snprintf(path, sizeof path, "%s/documents/words", folder);
    assert_ok(folder_make(path, 0700, &err), err);
    snprintf(path, sizeof path, "%s/both.json", services);
    put_file(path, buf_str(&service));
    snprintf(path, sizeof path, "%s/documents/both.json", folder);
    put_file(path, buf_str(&template));
    snprintf(name, sizeof name, "v%d", n);
    snprintf(path, sizeof path, "%s.new", link);
    assert_int_equal(symlink(name, path), 0);
    assert_int_equal(rename(path, link), 0);
}

static void readers_never_see_halves_of_two_shelves(void **state)
{
    Desk desk = { 0 };
    Reading readings[READERS];
    pthread_t threads[READERS];
    atomic_bool over = false;
    char services[192], documents[192], words[192];

    (void)state;
    desk_open(&desk);
    office_close(desk.fixture.office);
    snprintf(services, sizeof services, "%s/link/services", desk.fixture.folder);
    snprintf(documents, sizeof documents, "%s/link/documents", desk.fixture.folder);
    snprintf(words, sizeof words, "%s/words/words.json", desk.documents);
    desk.fixture.config.catalogue_folder = services;
    desk.fixture.config.templates_folder = documents;
    desk.fixture.config.words_file = words;
    turn_folder(&desk, 0);
    fixture_office_open(&desk.fixture);
    for (int i = 0; i < READERS; i++) {
        readings[i] = (Reading){ .office = desk.fixture.office, .over = &over };
        assert_int_equal(pthread_create(&threads[i], NULL, read_shelves, &readings[i]), 0);
    }
    for (int n = 1; n <= 4; n++) {
        turn_folder(&desk, n);
        for (int waited_ms = 0; waited_ms < 20000; waited_ms += 10) {
            OWNED(Shelf) shelf = shelf_take(desk.fixture.office);
            if (shelf_service(shelf, "both")->order == n)
                break;
            pause_ms(10);
        }
    }
    atomic_store(&over, true);
    for (int i = 0; i < READERS; i++) {
        pthread_join(threads[i], NULL);
        assert_false(readings[i].torn);
        assert_true(readings[i].rounds > 100);
    }
    OWNED(Shelf) last = shelf_take(desk.fixture.office);
    assert_int_equal(shelf_service(last, "both")->order, 4);
    desk_close(&desk);
}

/* --- what is broken ----------------------------------------------------------------------------------------------- */

static void what_is_broken_changes_nothing_and_is_told(void **state)
{
    Desk desk = { 0 };
    OWNED_BUF second;

    (void)state;
    desk_open(&desk);
    make_service(&desk, "second", 20, &second);
    OWNED(Shelf) before = shelf_take(desk.fixture.office);
    put_file(desk.second_file, (Str){ buf_str(&second).ptr, buf_str(&second).len / 2 });
    for (int waited_ms = 0; alerts(&desk) == 0 && waited_ms < 20000; waited_ms += 20)
        pause_ms(20);
    assert_int_equal(alerts(&desk), 1);
    OWNED(Shelf) after = shelf_take(desk.fixture.office);
    assert_ptr_equal(before, after);
    put_file(desk.second_file, buf_str(&second)); /* the other half */
    await_offer(desk.fixture.office, "second", true);
    assert_int_equal(alerts(&desk), 1);
    desk_close(&desk);
}

static void a_broken_start_recalls_what_was_whole_last(void **state)
{
    Desk desk = { 0 };
    OWNED_BUF second;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    make_service(&desk, "second", 20, &second);
    put_file(desk.second_file, buf_str(&second));
    await_offer(desk.fixture.office, "second", true);
    office_close(desk.fixture.office);
    put_file(desk.service_file, STR("{\"id\": "));
    fixture_office_open(&desk.fixture);
    assert_true(offers(desk.fixture.office, SERVICE));
    assert_true(offers(desk.fixture.office, "second"));
    assert_int_equal(alerts(&desk), 1);
    unlink(desk.second_file);
    put_file(desk.service_file, buf_str(&desk.service)); /* it is taken by itself once it is whole */
    await_offer(desk.fixture.office, "second", false);
    office_close(desk.fixture.office);
    /* Where nothing was ever whole there is nothing to serve. */
    put_file(desk.service_file, STR("{\"id\": "));
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM shelf") > 0, 1);
    (void)fixture_rows(&desk.fixture, "DELETE FROM shelf");
    desk.fixture.office = office_open(&desk.fixture.config, desk.fixture.store, NULL, &err);
    assert_null(desk.fixture.office);
    assert_int_equal(err.code, ERR_FORMAT);
    assert_non_null(strstr(err.text, SERVICE ".json: not JSON at line 1"));
    desk_close(&desk);
}

/* --- words -------------------------------------------------------------------------------------------------------- */

/* What is said of a file goes into JSON and into the register, which take whole letters alone. */
static void a_fault_is_told_in_whole_letters(void **state)
{
    ShelfFaults faults = { 0 };
    char name[300];

    (void)state;
    shelf_fault(&faults, "a/\xd0.json", "form[0]", "%.3s", "қўғ"); /* a letter of two bytes is cut in two */
    assert_string_equal(faults.items[0].file, "a/.json");
    assert_string_equal(faults.items[0].reason, "қ");
    for (size_t i = 0; i + 1 < sizeof name; i += 2)
        memcpy(name + i, "ғ", 2);
    name[sizeof name - 2] = '\0';
    shelf_fault(&faults, name + 1, "", "there is no icon %.40s, so", "i\xf0\x9f\x92\xa1қўғқўғқўғқўғқўғқўғқўғқўғ");
    for (size_t i = 0; i < faults.count; i++)
        assert_true(utf8_valid(str_from(faults.items[i].file)) && utf8_valid(str_from(faults.items[i].reason)));
    assert_int_equal(strlen(faults.items[1].file), 254);
    assert_non_null(strstr(faults.items[1].reason, ", so"));
}

static void what_is_refused_in_other_letters_is_told_and_noted(void **state)
{
    Desk desk = { 0 };
    Error err = { 0 };
    char path[256];
    OWNED_BUF second;

    (void)state;
    desk_open(&desk);
    json_t *service = json_read(buf_str(&desk.service), &err);
    json_object_set_new(service, "id", json_string("second"));
    json_object_set_new(service, "iқўғқўғқўғқўғқўғқўғқўғқўғқўғқўғқўғқўғ", json_true()); /* longer than it is told */
    buf_init(&second, 1u << 20);
    assert_ok(json_write(service, &second, &err), err);
    json_decref(service);
    put_file(desk.second_file, buf_str(&second));
    for (int waited_ms = 0; alerts(&desk) != 1 && waited_ms < 20000; waited_ms += 10)
        pause_ms(10);
    assert_int_equal(alerts(&desk), 1);
    unlink(desk.second_file);
    snprintf(path, sizeof path, "%s/\xd0.json", desk.services);
    put_file(path, buf_str(&desk.service));
    for (int waited_ms = 0; alerts(&desk) != 2 && waited_ms < 20000; waited_ms += 10)
        pause_ms(10);
    assert_int_equal(alerts(&desk), 2);
    desk_close(&desk);
}

/* --- over the interface ------------------------------------------------------------------------------------------- */

static OfferOutcome change(Office *office, const char *id, Str body, ShelfFaults *faults)
{
    const OfferWish wish = { .kind = SHELF_SERVICE, .id = id, .body = body, .actor = "token:test" };
    char version[SHELF_HASH_SIZE];
    OfferOutcome outcome = OFFER_UNMET;
    Error err = { 0 };

    faults->count = 0;
    assert_ok(offer_change(office, &wish, &outcome, version, faults, &err), err);
    return outcome;
}

static void what_is_put_is_followed_by_another_registrar(void **state)
{
    Desk desk = { 0 };
    ShelfFaults faults = { 0 };
    Error err = { 0 };
    OWNED_BUF second, over;

    (void)state;
    desk_open(&desk);
    make_service(&desk, "second", 20, &second);
    make_service(&desk, SERVICE, 77, &over);
    Office *other = office_open(&desk.fixture.config, desk.fixture.store, NULL, &err);
    assert_non_null(other);
    assert_int_equal(change(desk.fixture.office, "second", buf_str(&second), &faults), OFFER_MADE);
    shelf_nudge(other);
    await_offer(other, "second", true);
    /* What it says covers the folder's; without it the folder's stands again. */
    assert_int_equal(change(other, SERVICE, buf_str(&over), &faults), OFFER_CHANGED);
    OWNED(Catalogue) covered = office_catalogue(desk.fixture.office, &err); /* asks the register first */
    assert_non_null(covered);
    assert_int_equal(catalogue_find(covered, STR(SERVICE))->order, 77);
    assert_int_equal(change(desk.fixture.office, SERVICE, (Str){ 0 }, &faults), OFFER_CHANGED);
    assert_int_equal(change(desk.fixture.office, SERVICE, (Str){ 0 }, &faults), OFFER_NOT_FOUND);
    assert_int_equal(change(desk.fixture.office, "second", STR("{\"id\":1}"), &faults), OFFER_REFUSED);
    assert_string_equal(faults.items[0].file, "/office/v1/services/second");
    assert_string_equal(faults.items[0].path, "id");
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM act WHERE actor = 'token:test'"), 3);
    office_close(other);
    desk_close(&desk);
}

static void tokens_are_known_until_they_end(void **state)
{
    Desk desk = { 0 };
    Error err = { 0 };
    char bearer[TOKEN_BEARER_SIZE];
    TokenRow row;
    bool known, found;

    (void)state;
    desk_open(&desk);
    assert_refused(token_add(desk.fixture.office, "a b", "catalogue", 1, bearer, &err), ERR_ARGUMENT, err);
    assert_refused(token_add(desk.fixture.office, "sync", "everything", 1, bearer, &err), ERR_ARGUMENT, err);
    assert_ok(token_add(desk.fixture.office, "sync", "catalogue", 2, bearer, &err), err);
    assert_ok(token_known(desk.fixture.office, bearer, "catalogue", &known, &row, &err), err);
    assert_true(known);
    assert_string_equal(row.name, "sync");
    assert_ok(token_known(desk.fixture.office, bearer, "records", &known, &row, &err), err);
    assert_false(known);
    bearer[5] = bearer[5] == 'A' ? 'B' : 'A';
    assert_ok(token_known(desk.fixture.office, bearer, "catalogue", &known, &row, &err), err);
    assert_false(known);
    assert_ok(token_known(desk.fixture.office, NULL, "catalogue", &known, &row, &err), err);
    assert_false(known);
    assert_refused(token_add(desk.fixture.office, "sync", "catalogue", 2, bearer, &err), ERR_EXISTS, err);
    assert_ok(token_remove(desk.fixture.office, "sync", &found, &err), err);
    assert_true(found);
    assert_ok(token_add(desk.fixture.office, "sync", "catalogue", 2, bearer, &err), err);
    fixture_pass(2 * 86400 - 1);
    assert_ok(token_known(desk.fixture.office, bearer, "catalogue", &known, &row, &err), err);
    assert_true(known);
    fixture_pass(1);
    assert_ok(token_known(desk.fixture.office, bearer, "catalogue", &known, &row, &err), err);
    assert_false(known);
    desk_close(&desk);
}

/* A paper that was issued with a template that showed the PINFL stays kept from a weak session. */
static void a_paper_is_judged_by_its_own_template(void **state)
{
    Desk desk = { 0 };
    Error err = { 0 };
    ShelfFaults faults = { 0 };
    char version[SHELF_HASH_SIZE];
    OfferOutcome outcome;
    ApiProblem problem;
    ApiIssued issued;
    Blob *pdf = NULL;
    bool made;

    (void)state;
    desk_open(&desk);
    Session session = fixture_session(&desk.fixture, 1, &desk.fixture.kiosk);
    const ApiRequest request = fixture_request("bank");
    assert_ok(office_request(desk.fixture.office, &session, fixture_key(1), &request, &problem, &made, &issued, &err),
              err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    OWNED_BUF without;
    buf_init(&without, 1u << 20);
    for (const char *at = buf_text(&desk.template), *next; at; at = next) {
        next = strstr(at, "{student.pinfl}");
        buf_add_str(&without, next ? (Str){ at, (size_t)(next - at) } : str_from(at));
        if (next) {
            buf_add_text(&without, "{student.number}");
            next += strlen("{student.pinfl}");
        }
    }
    const OfferWish wish = { .kind = SHELF_TEMPLATE, .id = SERVICE, .body = buf_str(&without), .actor = "token:test" };
    assert_ok(offer_change(desk.fixture.office, &wish, &outcome, version, &faults, &err), err);
    assert_int_equal(outcome, OFFER_CHANGED);
    session.weak = true;
    assert_ok(office_page(desk.fixture.office, &session, issued.copy, issued.job.epoch, &problem, &pdf, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NOT_FOUND);
    session.weak = false;
    assert_ok(office_page(desk.fixture.office, &session, issued.copy, issued.job.epoch, &problem, &pdf, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    blob_drop(pdf);
    desk_close(&desk);
}

/* A card's template needs a service whose papers staff hand out. */
static void a_card_is_not_for_a_kiosk_to_print(void **state)
{
    static const char *const ways[] = { "window", "kiosk" };
    Desk desk = { 0 };
    OWNED_BUF text;
    char path[256], words[PATH_MAX];
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    snprintf(path, sizeof path, "%s/student-card.json", desk.documents);
    copy_file(SOURCE_DIR "/assets/documents/student-card.json", path, &text);
    for (size_t i = 0; i < COUNT(ways); i++) {
        const ShelfFolders folders = shelf_folders(&desk.fixture.config, words, sizeof words);
        ShelfFaults faults = { 0 };
        json_t *service;

        buf_clear(&text);
        assert_ok(file_read(SOURCE_DIR "/kiosk/services/student-card.json", &text, &err), err);
        write_alone(desk.second_file, &text);
        service = json_read(buf_str(&text), &err);
        assert_non_null(service);
        json_object_set_new(json_object_get(service, "through"), "hand_out", json_string(ways[i]));
        buf_clear(&text);
        assert_ok(json_write(service, &text, &err), err);
        json_decref(service);
        put_file(desk.second_file, buf_str(&text));
        OWNED(Shelf) shelf = shelf_try(&folders, NULL, &faults, &err);

        if ((shelf != NULL) != (i == 0) || faults.count != i)
            fail_msg("%s: %s %s", ways[i], faults.items[0].path, faults.items[0].reason);
        if (i > 0)
            assert_non_null(strstr(faults.items[0].reason, "student-card is a card: kiosks print A4"));
    }
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_is_told_in_whole_letters),
        cmocka_unit_test(what_is_refused_in_other_letters_is_told_and_noted),
        cmocka_unit_test(an_act_keeps_the_shelf_that_it_took),
        cmocka_unit_test(readers_never_see_halves_of_two_shelves),
        cmocka_unit_test(what_is_broken_changes_nothing_and_is_told),
        cmocka_unit_test(a_broken_start_recalls_what_was_whole_last),
        cmocka_unit_test(what_is_put_is_followed_by_another_registrar),
        cmocka_unit_test(a_card_is_not_for_a_kiosk_to_print),
        cmocka_unit_test(tokens_are_known_until_they_end),
        cmocka_unit_test(a_paper_is_judged_by_its_own_template),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
