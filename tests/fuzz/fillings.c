/* Random fillings of every form of the catalogue, by students who walk off in the middle and come back, at a kiosk
 * whose registrar is in the mind: it keeps what it is sent, and checks each answer with its own bound copy of the form.
 *
 *   fillings [--seed N] [--each N] [--service ID] [--plant loses|leaks]
 *
 * Some of what is handed in is returned, and answered anew in the same way.  What must hold: nothing crashes; what was
 * filled in is there again after a time-out, a touch on Finish or the end of a session; what is handed in is what was
 * filled in and passes the registrar's check; and nothing of one student is in the kiosk, on the glass or in a command
 * once it is another's turn.  Exit code 0: all held; 1: something broke, said with its seed; 2: not run. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/app/flow.h"
#include "fillings.h"
#include "fillings_catalogue.h"

#define STEPS_MOST_IN 400 /* of one filling */

Hall hall;

/* --- chance ------------------------------------------------------------------------------------------------------- */

uint32_t roll(uint32_t sides)
{
    uint64_t value = 0;

    (void)!random_fill(&hall.random, &value, sizeof value, NULL);
    return sides ? (uint32_t)(value % sides) : 0;
}

bool one_in(uint32_t sides)
{
    return roll(sides) == 0;
}

void broke(const char *format, ...)
{
    va_list args;

    if (hall.broken[0])
        return;
    va_start(args, format);
    (void)!vsnprintf(hall.broken, sizeof hall.broken, format, args);
    va_end(args);
}

/* --- whose -------------------------------------------------------------------------------------------------------- */

char letter_of(unsigned who)
{
    return (char)('a' + who);
}

static bool is_mark(const uint8_t *at)
{
    for (size_t i = 0; i < MARK_LETTERS; i++)
        if (tolower(at[i]) != MARK[i])
            return false;
    return true;
}

/* Nobody's but own (STUDENTS: nobody's at all). */
bool holds_only(const void *bytes, size_t size, unsigned own)
{
    const uint8_t *at = bytes;

    for (size_t i = 0; i + MARK_LETTERS < size; i++)
        if ((at[i] == 'z' || at[i] == 'Z') && is_mark(at + i) &&
            (own == STUDENTS || tolower(at[i + MARK_LETTERS]) != letter_of(own)))
            return false;
    return true;
}

static void look_at_glass(void)
{
    tree_clear(hall.tree, model_language(&hall.model));
    screen_build(&hall.model, hall.tree);
    if (tree_failed(hall.tree))
        broke("the tree of %s can't be built", app_screen_name(&hall.model));
    for (size_t i = 0; i < tree_count(hall.tree); i++) {
        const Node *node = tree_at(hall.tree, i);
        if (!holds_only(node->label, strlen(node->label) + 1, hall.who) ||
            !holds_only(node->value, strlen(node->value) + 1, hall.who))
            broke("%s shows another's", app_screen_name(&hall.model));
    }
}

static void act(Act which, uint16_t arg)
{
    Msg msg = { .kind = MSG_ACT, .as.act = { (uint16_t)which, arg } };

    hall.now_ms += roll(400);
    hall_send(&msg);
}

static void type(const char *text)
{
    while (*text) { /* as a keyboard sends it */
        Msg msg = { .kind = MSG_TEXT };
        Str rest = str_from(text);
        size_t taken = 0;
        while (rest.len > 0 && taken < 40) {
            (void)utf8_next(&rest);
            taken = (size_t)(rest.ptr - text);
        }
        taken = taken ? taken : strlen(text);
        memcpy(msg.as.text, text, taken);
        hall_send(&msg);
        text += taken;
    }
}

static void key(EditKey which)
{
    Msg msg = { .kind = MSG_KEY, .as.key = which };

    hall_send(&msg);
}

/* Time goes by, and the kiosk is woken whenever it asks to be. */
static void wait_ms(int64_t ms)
{
    int64_t until_ms = hall.now_ms + ms;

    for (int64_t wake_ms; (wake_ms = app_next_wake(&hall.model)) <= until_ms;) {
        Msg tick = { .kind = MSG_TICK };
        hall.now_ms = wake_ms > hall.now_ms ? wake_ms : hall.now_ms;
        hall_send(&tick);
    }
    hall.now_ms = until_ms;
}

/* --- a student ---------------------------------------------------------------------------------------------------- */

static void make_lists(unsigned who)
{
    Lists *lists = &hall.students[who].lists;

    *lists = (Lists){ 0 };
    for (size_t n = 0; n < list_name_count; n++) {
        assert(lists_begin(lists, list_names[n]));
        for (uint32_t i = roll(12); i > 0; i--) {
            ListItem *item = lists_add(lists);
            assert(item);
            (void)!snprintf(item->id, sizeof item->id, "%zu-%u-" MARK "%c", n, i, letter_of(who));
            for (int l = 0; l < LANGUAGE_COUNT; l++)
                (void)!snprintf(item->label[l], sizeof item->label[l], "Fan %u " MARK "%c", i, letter_of(who));
            item->credits = (int)roll(8);
            item->semester = (int)roll(9);
            item->sum = roll(1000) * 1000;
        }
    }
}

static void sign_in(void)
{
    char number[16];

    (void)!snprintf(number, sizeof number, "39224110070%u", hall.who);
    act(ACT_START, 0);
    if (one_in(3))
        act(ACT_LANGUAGE, (uint16_t)roll(LANGUAGE_COUNT));
    type(number);
    act(ACT_SIGN_IN, 0);
    type("bahor2026");
    act(ACT_SIGN_IN, 0);
}

static void open_anew(void)
{
    act(ACT_REQUEST, 0);
    act(ACT_ANSWER_ANEW, 0);
    if (hall.model.visit.anew.id[0] == '\0')
        broke("what was returned can't be answered");
}

static uint16_t index_of(const char *service)
{
    for (size_t i = 0; i < catalogue_count(hall.catalogue); i++)
        if (strcmp(catalogue_at(hall.catalogue, i)->id, service) == 0)
            return (uint16_t)i;
    return UINT16_MAX;
}

/* --- one question ------------------------------------------------------------------------------------------------- */

static void write_text(const Field *field, char *text, size_t size)
{
    static const char *const letters[] = { "a", "oʻ", "gʻ", "ʼ", "ш", "Қ", "z", " ", "-", "7", ".", "ё", "B" };
    int64_t most = field->most < 60 ? field->most : 60;
    int64_t wanted = field->least + (int64_t)roll((uint32_t)(most - field->least) + 1);
    size_t length = 0;
    Buf buf;

    buf_init(&buf, size);
    if (wanted > (int64_t)MARK_LETTERS) {
        buf_add_format(&buf, MARK "%c", letter_of(hall.who));
        length = MARK_LETTERS + 1;
    }
    for (; length < (size_t)wanted; length++)
        buf_add_text(&buf, letters[length ? roll(COUNT(letters)) : 0]);
    str_copy_cut(buf_str(&buf), text, size);
    buf_fini(&buf);
}

static void write_date(const Field *field, char *text, size_t size)
{
    Date today = model_today(&hall.model), earlier;
    int64_t least = field->least > -40000 ? field->least : -40000, most = field->most < 40000 ? field->most : 40000;

    if (!one_in(10) && model_comes_after(&hall.model, field, &earlier) && date_days_between(today, earlier) > least)
        least = date_days_between(today, earlier);
    if (least > most)
        least = most;
    Date day = date_add_days(today, (int)(least + (int64_t)roll((uint32_t)(most - least) + 1)));
    (void)!snprintf(text, size, "%02d%02d%04d", day.day, day.month, day.year);
}

static void write_answer(const Field *field, char text[400])
{
    char mark = letter_of(hall.who);

    text[0] = '\0';
    switch (field->kind) {
    case FIELD_TEXT: write_text(field, text, 400); break;
    case FIELD_NUMBER: {
        uint64_t width = (uint64_t)(field->most - field->least) + 1;
        int64_t number = field->least + (int64_t)((((uint64_t)roll(UINT32_MAX) << 16) + roll(65536)) % width);
        (void)!snprintf(text, 400, "%lld", (long long)number);
        break;
    }
    case FIELD_DATE: write_date(field, text, 400); break;
    case FIELD_EMAIL: (void)!snprintf(text, 400, MARK "%c%u@mail.uz", mark, roll(1000)); break;
    case FIELD_PHONE: (void)!snprintf(text, 400, "9%08u", roll(100000000)); break;
    case FIELD_PASSPORT: (void)!snprintf(text, 400, MARK "%c%u", mark, roll(100000)); break;
    case FIELD_CHOICE:
    case FIELD_SEVERAL:
    case FIELD_PAPER:
    case FIELD_KIND_COUNT: break;
    }
}

static void answer_typed(const Field *field)
{
    char text[400];

    if (hall.model.visit.form.typed[0] && !one_in(6) && hall.model.visit.form.fault == FORM_OK)
        return;
    key(EDIT_CLEAR);
    if (one_in(12))
        type(one_in(2) ? "?" : "31022025");
    else {
        write_answer(field, text);
        type(text);
    }
}

static void answer_paper(const Field *field)
{
    (void)field;
    if (one_in(2)) {
        act(ACT_PAPER_WINDOW, 0);
        return;
    }
    act(ACT_PAPER_PHOTO, 0);
    if (one_in(3)) {
        act(ACT_PAPER_NEW, 0);
    }
    wait_ms(PHONE_POLL_MS + 1000); /* the phone has sent some */
    act(one_in(4) ? ACT_BACK : ACT_FORM_NEXT, 0);
}

static void answer(const Field *field)
{
    const char *given = answers_get(&hall.model.visit.answers, field->id);

    if (field->kind == FIELD_PAPER && (!given || one_in(4)))
        answer_paper(field);
    else if (field->kind == FIELD_SEVERAL && field->choice_count > 0)
        act(ACT_CHOOSE, (uint16_t)roll((uint32_t)field->choice_count));
    else if (field->kind == FIELD_CHOICE && field->choice_count > 0 && (!given || one_in(5)))
        act(ACT_CHOOSE, (uint16_t)roll((uint32_t)field->choice_count));
    else if (form_is_typed(field))
        answer_typed(field);
}

/* --- walking off and coming back ---------------------------------------------------------------------------------- */

static void check_gone(void)
{
    hall.endings++;
    if (hall.leaks && hall.endings > 20)
        (void)!snprintf(hall.model.place, sizeof hall.model.place, MARK "%c", letter_of(hall.who));
    if (hall.model.visit.active)
        broke("the visit did not end");
    else if (!holds_only(&hall.model, sizeof hall.model, STUDENTS))
        broke("something of a student is left in the kiosk");
}

/* Somebody else comes in between, and sees nothing of the one before. */
static void somebody_else(void)
{
    unsigned who = hall.who;

    hall.who = (who + 1 + roll(STUDENTS - 1)) % STUDENTS;
    sign_in();
    look_at_glass();
    act(ACT_SERVICE, index_of(hall.service));
    act(ACT_CONTINUE, 0);
    look_at_glass();
    if (!holds_only(&hall.model, sizeof hall.model, hall.who))
        broke("another student's visit holds something of the one before");
    act(ACT_FINISH, 0);
    act(ACT_LEAVE, 0);
    check_gone();
    hall.students[hall.who].begun = false;
    hall.who = who;
}

static bool goes_on(const Answers *were)
{
    static Answers are;

    form_filled(&hall.model, &are);
    for (size_t i = 0; i < were->count; i++) {
        const char *now = answers_get(&are, were->items[i].field);
        if (now && strcmp(now, were->items[i].value) == 0)
            continue;
        broke("%s was \"%s\" and is \"%s\" after coming back", were->items[i].field, were->items[i].value,
              now ? now : "not there");
        return false;
    }
    return true;
}

static void walk_off(void)
{
    if (one_in(2))
        wait_ms(PAPERS_LIMIT_MS + IDLE_LIMIT_MS + STILL_THERE_MS + 5000);
    else
        act(ACT_FINISH, 0);
    if (hall.model.visit.active && model_screen(&hall.model) == SCREEN_LEAVE)
        broke("what is filled in is said to be lost although the registrar answers");
}

static void come_back(void)
{
    static Answers were;
    bool begun;

    form_filled(&hall.model, &were);
    begun = were.count > 0;
    hall.returns++;
    if (one_in(4)) { /* the session ends, the same student types the password again */
        hall.now_ms = hall.model.visit.session_ends_ms;
        Msg touch = { .kind = MSG_ACT, .as.act = { ACT_NONE, 0 } };
        hall_send(&touch);
        if (hall.model.visit.screen == SCREEN_SIGN_IN) {
            type("bahor2026");
            act(ACT_SIGN_IN, 0);
        }
        if (begun && hall.model.visit.active)
            (void)goes_on(&were);
        return;
    }
    walk_off();
    check_gone();
    if (one_in(2))
        somebody_else();
    sign_in();
    if (hall.anew) {
        open_anew();
        (void)goes_on(&were);
        return;
    }
    if (!begun) {
        act(ACT_SERVICE, index_of(hall.service));
        act(ACT_CONTINUE, 0);
        return;
    }
    if (!hall.model.visit.home || hall.model.visit.home->draft_count == 0) {
        broke("home does not offer to go on");
        return;
    }
    act(ACT_DRAFT, 0);
    (void)goes_on(&were);
}

/* --- one filling -------------------------------------------------------------------------------------------------- */

static bool is_here(void)
{
    const Visit *visit = &hall.model.visit;

    return visit->active && strcmp(visit->service, hall.service) == 0 && !hall.issued && !hall.broken[0];
}

static void on_question(unsigned *walks)
{
    const Field *field = model_question(&hall.model, NULL);

    if (!field || (field->from && field->choice_count == 0 && field->required)) { /* said why, and that is all */
        look_at_glass();
        act(ACT_FINISH, 0);
        return;
    }
    answer(field);
    if (!is_here() || hall.model.visit.screen != SCREEN_FORM)
        return;
    if (*walks > 0 && one_in(6)) {
        --*walks;
        come_back();
    } else if (one_in(14))
        act(ACT_BACK, 0);
    else
        act(ACT_FORM_NEXT, 0);
}

static void on_review(unsigned *walks)
{
    if (*walks > 0 && one_in(3)) {
        --*walks;
        come_back();
    } else if (one_in(5) && model_questions(&hall.model) > 0)
        act(ACT_CHANGE, (uint16_t)roll((uint32_t)model_questions(&hall.model)));
    else {
        Answers filled = hall.model.visit.answers;
        act(ACT_REVIEW_NEXT, 0);
        if (hall.issued && (filled.count != hall.handed.count ||
                            memcmp(&filled, &hall.handed, sizeof filled.items[0] * filled.count) != 0))
            broke("another form was handed in than was looked through");
    }
}

static void fill(void)
{
    unsigned walks = roll(3), steps = 0;
    bool visitor = strcmp(hall.service, VISITOR_SERVICE) == 0;

    hall.issued = false;
    if (visitor) {
        walks = 0; /* nobody is known yet: nothing could be kept */
        act(ACT_VISITOR, 0);
    } else if (hall.anew) {
        sign_in();
        open_anew();
    } else {
        sign_in();
        act(ACT_SERVICE, index_of(hall.service));
        act(ACT_CONTINUE, 0);
    }
    for (; steps < STEPS_MOST_IN && is_here(); steps++) {
        ScreenKind screen = model_screen(&hall.model);
        if (one_in(4))
            look_at_glass();
        if (screen == SCREEN_FORM)
            on_question(&walks);
        else if (screen == SCREEN_REVIEW)
            on_review(&walks);
        else if (screen == SCREEN_PAPER)
            act(one_in(2) ? ACT_BACK : ACT_FORM_NEXT, 0);
        else if (screen == SCREEN_SERVICE)
            act(ACT_CONTINUE, 0);
        else
            break;
    }
    for (int i = 0; i < 4 && hall.model.visit.active; i++) {
        act(ACT_FINISH, 0);
        act(ACT_LEAVE, 0);
    }
    check_gone();
    memset(&hall.students[hall.who].draft, 0, sizeof hall.students[hall.who].draft);
    hall.students[hall.who].begun = false;
}

/* Staff have asked for something else: the same student changes what was handed in. */
static void fill_anew(void)
{
    Student *student = &hall.students[hall.who];

    student->returned = hall.anew = true;
    fill();
    student->returned = student->begun_anew = hall.anew = false;
    memset(&student->anew, 0, sizeof student->anew);
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

static bool open_hall(void)
{
    Error err = { 0 };
    AppConfig config = { .institution = { "Namuna", "Namuna", "Namuna", "Namuna" },
                         .place = "Bosh bino",
                         .utc_offset_minutes = 300,
                         .built_s = WALL_MS / 1000 - 86400,
                         .language = LANGUAGE_UZ,
                         .version = "0.1.0" };
    Msg window = { .kind = MSG_WINDOW, .as.window = { 1080, 1920, 3.2154F } };
    Msg beat = { .kind = MSG_HEARTBEAT }, catalogue = { .kind = MSG_CATALOGUE };
    Msg printer = { .kind = MSG_PRINTER, .as.printer.condition = PRINTER_READY };

    hall.texts = texts_none(&err);
    hall.tree = tree_new(&err);
    if (!hall.texts || !hall.tree)
        return false;
    config.texts = hall.texts;
    hall.now_ms = 1000;
    hall.random = random_seeded(&hall.seeded, 1);
    app_init(&hall.model, &config);
    hall_send(&window);
    hall_send(&beat);
    catalogue.as.catalogue = catalogue_keep(hall.catalogue);
    hall_send(&catalogue);
    hall_send(&printer);
    return true;
}

static void close_hall(void)
{
    app_fini(&hall.model);
    tree_free(hall.tree);
    texts_close(hall.texts);
    catalogue_drop(hall.catalogue);
}

static bool fill_service(const Service *service, uint64_t seed, uint64_t each)
{
    hall.service = service->id;
    for (uint64_t n = 0; n < each; n++) {
        hall.random = random_seeded(&hall.seeded, seed * 1000003 + n * 97 + strlen(service->id));
        hall.who = roll(STUDENTS);
        for (unsigned who = 0; who < STUDENTS; who++)
            make_lists(who);
        memset(&hall.students[hall.who].handed, 0, sizeof hall.students[hall.who].handed);
        fill();
        if (hall.students[hall.who].handed.count > 0 && !hall.broken[0] && one_in(2))
            fill_anew();
        if (hall.broken[0]) {
            printf("broken: %s, filling %llu, seed %llu: %s\n", service->id, (unsigned long long)n,
                   (unsigned long long)seed, hall.broken);
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    uint64_t seed = 1, each = 50, forms = 0;
    const char *only = NULL;
    bool ok = true;

    for (int i = 1; i + 1 < argc; i += 2)
        if (strcmp(argv[i], "--service") == 0)
            only = argv[i + 1];
        else if (strcmp(argv[i], "--plant") == 0) {
            hall.loses = strcmp(argv[i + 1], "loses") == 0;
            hall.leaks = strcmp(argv[i + 1], "leaks") == 0;
        } else if (!(strcmp(argv[i], "--seed") == 0 && str_to_u64(str_from(argv[i + 1]), 0, UINT32_MAX, &seed)) &&
                   !(strcmp(argv[i], "--each") == 0 && str_to_u64(str_from(argv[i + 1]), 1, UINT32_MAX, &each)))
            return 2;
    hall.catalogue = product_catalogue();
    if (!hall.catalogue || !open_hall())
        return 2;
    for (size_t i = 0; i < catalogue_count(hall.catalogue) && ok; i++) {
        const Service *service = catalogue_at(hall.catalogue, i);
        if (service->field_count == 0 || (only && strcmp(only, service->id) != 0))
            continue;
        forms++;
        ok = fill_service(service, seed, each);
    }
    printf(
        "%s: %llu forms, %llu fillings each, %llu answered anew, %llu returns, %llu visits, %llu messages, seed %llu\n",
        ok ? "all holds" : "broken", (unsigned long long)forms, (unsigned long long)each,
        (unsigned long long)hall.answered_anew, (unsigned long long)hall.returns, (unsigned long long)hall.endings,
        (unsigned long long)hall.messages, (unsigned long long)seed);
    close_hall();
    return ok && forms > 0 && (only || hall.answered_anew > 0) ? 0 : 1;
}
