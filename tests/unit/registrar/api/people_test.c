#include "fake_office.h"
#include "registrar/api/pages.h"
#include "registrar/http/route.h"
#include "test.h"

#define CODE "7K3M9QXD2HVT"

static ApiContext context;
static HttpServerAnswer answer;

static void forget_answer(void)
{
    buf_fini(&answer.body);
    answer = (HttpServerAnswer){ .status = 200 };
    buf_init(&answer.body, 1u << 20);
}

static const char *method = "GET", *cookies;

static bool ask(const char *path, const char *language)
{
    HttpServerRequest request = { .method = method,
                                  .path = path,
                                  .accept_language = language,
                                  .cookies = cookies,
                                  .source = "10.0.0.1",
                                  .context = &context };
    RouteMatch match;
    Error error = { 0 };
    Str query = str_from(path), route = str_split(&query, '?');

    forget_answer();
    request.query = query.ptr;
    assert_int_equal(route_find(api_people_routes, api_people_route_count, method, route, &match), ROUTE_FOUND);
    memcpy(request.parameters, match.parameters, sizeof request.parameters);
    return match.route->handler(&request, &answer, &error);
}

static bool says(const char *words)
{
    return strstr(buf_text(&answer.body), words) != NULL;
}

static void know(CheckState state)
{
    fake_office_reset();
    office.check =
        (Check){ .state = state,
                 .title = { { "Oʻqish joyidan maʼlumotnoma", "", "Справка с места учёбы", "Certificate of study" } },
                 .masked_holder = "K*****a D*****a",
                 .issued = { 2026, 11, 24 },
                 .number = "M-2026/004817",
                 .changed_s = state == CHECK_VALID ? 0 : 1795499363 };
}

static void test_states(void **state UNUSED)
{
    static const struct {
        CheckState state;
        const char *words[3]; /* uz, ru, en */
    } cases[] = {
        { CHECK_VALID, { "Hujjat haqiqiy", "Документ подлинный", "Genuine" } },
        { CHECK_SUSPENDED, { "Vaqtincha toʻxtatilgan", "Действие приостановлено", "Suspended" } },
        { CHECK_REVOKED, { "Bekor qilingan", "Документ аннулирован", "Revoked" } },
        { CHECK_REPLACED, { "Almashtirilgan", "Экземпляр заменён", "Replaced" } },
        { CHECK_EXPIRED, { "Muddati tugagan", "Срок действия истёк", "Expired" } },
        { CHECK_UNKNOWN, { "Bunday hujjat topilmadi", "Такого документа нет", "No such document" } },
    };
    static const char *const languages[] = { "uz", "ru", "en" };

    for (size_t i = 0; i < COUNT(cases); i++) {
        know(cases[i].state);
        for (size_t k = 0; k < COUNT(languages); k++) {
            char title[128];
            assert_true(ask("/V/7k3m-9qxd-2hvt", languages[k]));
            snprintf(title, sizeof title, "<title>%s</title>", cases[i].words[k]);
            if (!says(title))
                fail_msg("%s: %.700s", title, buf_text(&answer.body));
            assert_int_equal(answer.status, cases[i].state == CHECK_UNKNOWN ? 404 : 200);
            assert_string_equal(answer.language, languages[k]);
            assert_int_equal(says("K*****a D*****a"), cases[i].state != CHECK_UNKNOWN);
            assert_false(says("M-2026/004817")); /* the number is the paper's and the seal's to say */
            assert_string_equal(office.checked_code, CODE);
            assert_null(answer.cache);
        }
    }
}

static void test_unknown_and_malformed_are_alike(void **state UNUSED)
{
    static const char *const paths[] = { "/v/0000-0000-0000", "/v/short", "/v/0000-0000-000U", "/v/%3Cscript%3E",
                                         "/v/1" };

    know(CHECK_VALID);
    for (size_t i = 0; i < COUNT(paths); i++) {
        assert_true(ask(paths[i], "en"));
        assert_int_equal(answer.status, 404);
        assert_true(says("<title>No such document</title>"));
        assert_false(says("<script>alert"));
        assert_int_equal(office.checked, i + 1); /* the same work */
        assert_int_equal(office.limit_asked, i + 1);
    }
    assert_true(ask("/v/%3Cscript%3E", "en"));
    assert_true(says("&lt;script&gt;"));
    assert_true(ask("/v/" CODE, "en"));
    assert_int_equal(office.limit_asked, COUNT(paths) + 1); /* an honest code is not counted */
}

static void test_limits_only_the_unknown(void **state UNUSED)
{
    know(CHECK_VALID);
    office.allowed = false;
    assert_true(ask("/v/0000-0000-0000", "ru"));
    assert_int_equal(answer.status, 429);
    assert_int_equal(answer.retry_after_s, 37);
    assert_true(says("через 37 сек."));
    assert_true(ask("/v/" CODE, "ru"));
    assert_int_equal(answer.status, 200);
    assert_true(ask("/v?code=" CODE, "ru"));
    assert_int_equal(answer.status, 200);
}

static void test_typed_codes(void **state UNUSED)
{
    know(CHECK_VALID);
    assert_true(ask("/v?code=7k3m+9qxd&l=en", "ru"));
    assert_true(says("Check a document")); /* said beside the field, which keeps what was typed */
    assert_true(says("aria-invalid="));
    assert_true(says("value=\"7k3m 9qxd\""));
    assert_true(ask("/v?code=+7k3m+9qxd-2hvt+&l=en", "ru"));
    assert_true(says("<title>Genuine</title>"));
    assert_true(says("\"/v/7K3M-9QXD-2HVT?l=ru\""));
    assert_true(ask("/v?code=%22%3E%3Cb%3E&l=en", NULL));
    assert_false(says("\"><b>"));
    assert_true(ask("/v", "en"));
    assert_false(says("aria-invalid="));
    assert_true(ask("/", NULL));
    assert_true(says("<html lang=\"uz\">"));
    assert_int_equal(office.limit_asked, 0);
}

static void test_policy_allows_what_the_page_holds(void **state UNUSED)
{
    know(CHECK_VALID);
    assert_true(ask("/v/" CODE, NULL));
    assert_non_null(strstr(answer.security, "default-src 'none'"));
    assert_non_null(strstr(answer.security, "script-src 'sha256-"));
    assert_non_null(strstr(answer.security, "frame-ancestors 'none'"));
    assert_null(strstr(answer.security, "unsafe"));
    assert_true(ask("/", NULL));
    assert_null(strstr(answer.security, "script-src"));
}

static void test_keys(void **state UNUSED)
{
    know(CHECK_VALID);
    assert_true(ask("/keys", NULL));
    assert_string_equal(
        buf_text(&answer.body),
        "{\"issuer\":\"localhost:8443\",\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\","
        "\"use\":\"sig\",\"kid\":\"7\",\"x\":\"ERERERERERERERERERERERERERERERERERERERERERE\"}]}");
    assert_true(ask("/v/" CODE, NULL));
    assert_true(says("data-keys=\"{&quot;issuer&quot;"));
}

static void test_status_lists(void **state UNUSED)
{
    static const char *const none[] = { "/status/4", "/status/0", "/status/x", "/status/99999999999" };

    know(CHECK_VALID);
    assert_true(ask("/status/3", NULL));
    assert_int_equal(answer.status, 200);
    assert_string_equal(buf_text(&answer.body), "signed");
    assert_string_equal(answer.content_type, "application/statuslist+cwt");
    assert_string_equal(answer.etag, "\"1795500007\"");
    assert_string_equal(answer.cache, "public, max-age=60");
    for (size_t i = 0; i < COUNT(none); i++) {
        assert_true(ask(none[i], NULL));
        assert_int_equal(answer.status, 404);
    }
    office.key.use = COSE_STATUS_LIST;
    assert_true(ask("/keys", NULL));
    assert_true(says("\"for\":\"status-list\""));
    office.broken = true;
    assert_false(ask("/status/3", NULL));
}

static void test_the_audit_log(void **state UNUSED)
{
    static const char *const none[] = { "/audit/entries/18", "/audit/entries/0", "/audit/entries/x" };

    know(CHECK_VALID);
    assert_true(ask("/audit/head", NULL));
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.content_type, "application/json");
    assert_string_equal(
        buf_text(&answer.body),
        "{\"issuer\":\"hujjat.namuna.uz\",\"position\":4817,\"era\":2,\"hash\":\"ab0000000000000000000000"
        "0000000000000000000000000000000000000000\",\"signed_at_s\":1795500000,\"head\":\"c2lnbmVk\"}");
    assert_true(ask("/audit/entries/17", NULL));
    assert_true(says("{\"position\":17,\"era\":2,\"hash\":\"cdcdcdcd"));
    for (size_t i = 0; i < COUNT(none); i++) {
        assert_true(ask(none[i], NULL));
        assert_int_equal(answer.status, 404);
    }
    office.broken = true;
    assert_false(ask("/audit/head", NULL));
    assert_false(ask("/audit/entries/17", NULL));
}

static void test_health_and_failures(void **state UNUSED)
{
    static const struct {
        int status;
        const char *words;
    } cases[] = {
        { 404, "No such page" },
        { 405, "The request was not understood" },
        { 500, "It could not be checked now" },
    };
    HttpServerRequest request = { .context = &context, .accept_language = "en" };
    Error error = { 0 };

    know(CHECK_VALID);
    assert_true(ask("/healthz", NULL));
    office.broken = true;
    assert_false(ask("/healthz", NULL));
    assert_false(ask("/v/" CODE, NULL));
    for (size_t i = 0; i < COUNT(cases); i++) {
        forget_answer();
        answer.status = cases[i].status;
        assert_ok(api_people_fallback(&request, &answer, &error), error);
        assert_int_equal(answer.status, cases[i].status);
        assert_true(says(cases[i].words));
    }
}

static void test_no_kiosk_route_for_people(void **state UNUSED)
{
    for (size_t i = 0; i < api_people_route_count; i++)
        assert_null(strstr(api_people_routes[i].pattern, "kiosk"));
}

static int start(void **state UNUSED)
{
    Error error = { 0 };

    fake_office_reset();
    assert_ok(api_context_init(&context, &office, NULL, SOURCE_DIR "/assets/web", &error), error);
    Clock clock = clock_system();
    context.log = log_new(2, LOG_ERROR, false, &clock);
    return 0;
}

static int finish(void **state UNUSED)
{
    forget_answer();
    log_free(context.log);
    api_context_fini(&context);
    return 0;
}

#define TOKEN "7K3M9QXD2HVT58WE3TQFR6XK4A2B"

static void find(PhoneDoor door)
{
    fake_office_reset();
    office.view = (PhoneView){ .door = door,
                               .title = { { "Oʻqish joyidan maʼlumotnoma", "", "", "Certificate <of> study" } },
                               .place = "1-bino, 1-qavat",
                               .digits = "47",
                               .kind = "certificate-of-study",
                               .number = "M-2026/004817",
                               .left = 2,
                               .minutes_left = 4 };
}

static bool knock(const char *how, const char *path)
{
    method = how;
    bool done = ask(path, "en");
    method = "GET";
    return done;
}

static void test_a_phones_page(void **state UNUSED)
{
    static const struct {
        PhoneDoor door;
        int status;
        const char *says, *keeps; /* what the page has, and has not */
    } cases[] = {
        { DOOR_CLOSED, 200, "Show the digits", "47" },
        { DOOR_DIGITS, 200, ">47</p>", "Show the digits" },
        { DOOR_OPEN, 200, "Minutes left: 4.", "47" },
        { DOOR_OTHER, 403, "Another phone has opened this link", "<form" },
        { DOOR_GONE, 410, "This link works no more", "Certificate" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        find(cases[i].door);
        assert_true(knock("GET", "/D/7k3m-9qxd-2hvt-58we-3tqf-r6xk-4a2b"));
        assert_int_equal(answer.status, 303); /* nothing was looked at yet */
        assert_string_equal(answer.location, "/d/7k3m-9qxd-2hvt-58we-3tqf-r6xk-4a2b?l=en");
        assert_true(knock("GET", "/d/7k3m-9qxd-2hvt-58we-3tqf-r6xk-4a2b"));
        assert_string_equal(office.token.text, TOKEN);
        if (answer.status != cases[i].status || !says(cases[i].says) || says(cases[i].keeps))
            fail_msg("door %d: %d %s", (int)cases[i].door, answer.status, buf_text(&answer.body));
        assert_false(says("Certificate <of>")); /* escaped */
        assert_false(says("M-2026"));
        assert_null(answer.cache); /* no-store */
        assert_null(strstr(answer.security, "script-src"));
        assert_string_equal(answer.cookie, "");
        assert_int_equal(office.limit_asked, cases[i].door == DOOR_GONE);
    }
}

static void test_a_phone_opens(void **state UNUSED)
{
    find(DOOR_DIGITS);
    office.opens = true;
    assert_true(knock("POST", "/d/" TOKEN "?l=ru"));
    assert_int_equal(answer.status, 303);
    assert_string_equal(answer.location, "/d/" TOKEN "?l=ru");
    assert_string_equal(answer.cookie,
                        "__Secure-copy=new-device; Path=/d/" TOKEN "; Max-Age=360; Secure; HttpOnly; SameSite=Strict");
    find(DOOR_DIGITS); /* it was open, and is this phone's */
    cookies = "a=b; __Secure-copy=device";
    assert_true(knock("POST", "/d/" TOKEN));
    assert_int_equal(answer.status, 303);
    assert_string_equal(answer.cookie, "");
    assert_string_equal(office.device, "device");
    cookies = NULL;
    find(DOOR_OTHER);
    assert_true(knock("POST", "/d/" TOKEN));
    assert_int_equal(answer.status, 403);
    find(DOOR_GONE);
    assert_true(knock("POST", "/d/" TOKEN));
    assert_int_equal(answer.status, 410);
}

static void test_a_phone_takes(void **state UNUSED)
{
    find(DOOR_OPEN);
    assert_true(knock("POST", "/d/" TOKEN "/file"));
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.content_type, "application/pdf");
    assert_string_equal(answer.disposition, "attachment; filename=\"certificate-of-study-M-2026-004817.pdf\";"
                                            " filename*=UTF-8''Certificate%20%3Cof%3E%20study%20M-2026-004817.pdf");
    blob_drop(answer.blob);
    answer.blob = NULL;
    find(DOOR_DIGITS);
    assert_true(knock("POST", "/d/" TOKEN "/file"));
    assert_int_equal(answer.status, 409);
    assert_true(says("have not been typed") && says(">47</p>"));
    find(DOOR_OTHER);
    assert_true(knock("POST", "/d/" TOKEN "/file"));
    assert_int_equal(answer.status, 403);
}

static void test_links_that_are_none_are_alike(void **state UNUSED)
{
    static const char *const paths[] = { "/d/x", "/d/" TOKEN "0", "/d/%3Cscript%3E",
                                         "/d/7K3M9QXD2HVT58WE3TQFR6XK4A2U" };
    char first[8192] = "";

    for (size_t i = 0; i < COUNT(paths); i++) {
        find(DOOR_CLOSED);
        assert_true(knock("GET", paths[i]));
        assert_int_equal(answer.status, 410);
        assert_int_equal(office.limit_asked, 1);
        if (i > 0)
            assert_string_equal(buf_text(&answer.body), first);
        str_copy_cut(buf_str(&answer.body), first, sizeof first);
    }
    find(DOOR_GONE);
    assert_true(knock("GET", "/d/" TOKEN));
    assert_string_equal(buf_text(&answer.body), first);
    office.allowed = false;
    assert_true(knock("GET", "/d/" TOKEN));
    assert_int_equal(answer.status, 429);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_unknown_and_malformed_are_alike),
        cmocka_unit_test(test_limits_only_the_unknown),
        cmocka_unit_test(test_typed_codes),
        cmocka_unit_test(test_policy_allows_what_the_page_holds),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_status_lists),
        cmocka_unit_test(test_the_audit_log),
        cmocka_unit_test(test_health_and_failures),
        cmocka_unit_test(test_no_kiosk_route_for_people),
        cmocka_unit_test(test_a_phones_page),
        cmocka_unit_test(test_a_phone_opens),
        cmocka_unit_test(test_a_phone_takes),
        cmocka_unit_test(test_links_that_are_none_are_alike),
    };

    return cmocka_run_group_tests(tests, start, finish);
}
