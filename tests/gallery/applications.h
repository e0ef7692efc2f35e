/* The product's own applications, with a record to choose from: what their questions, papers and requests look like. */
#ifndef GALLERY_APPLICATIONS_H
#define GALLERY_APPLICATIONS_H

#include <dirent.h>

#include "gallery/asked.h"

static inline void applications_add(Buf *all, const char *name)
{
    char path[512];
    Error err = { 0 };
    OWNED_BUF json;

    buf_init(&json, 1u << 20);
    assert_true(snprintf(path, sizeof path, "%s/kiosk/services/%s", SOURCE_DIR, name) > 0);
    if (!file_read(path, &json, &err))
        fail_msg("%s", err.text);
    buf_add_text(all, buf_str(all).ptr[all->len - 1] == '[' ? "" : ",");
    buf_add_str(all, buf_str(&json));
}

/* The product's whole catalogue as the registrar sends it; made once for a whole run of tests. */
static inline const char *applications_catalogue(void)
{
    static char text[1u << 20];
    struct dirent **names = NULL;
    OWNED_BUF all;

    buf_init(&all, sizeof text - 1);
    if (text[0])
        return text;
    int count = scandir(SOURCE_DIR "/kiosk/services", &names, NULL, alphasort);
    buf_add_text(&all, "{\"services\":[");
    for (int i = 0; i < count; i++) {
        if (str_ends(str_from(names[i]->d_name), STR(".json")))
            applications_add(&all, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    buf_add_text(&all, "]}");
    assert_true(str_copy(buf_str(&all), text, sizeof text));
    return text;
}

static inline void applications_item(Lists *lists, const char *id, const char *const labels[LANGUAGE_COUNT],
                                     int credits, int semester, int64_t sum)
{
    ListItem *item = lists_add(lists);

    assert_non_null(item);
    *item = (ListItem){ .credits = credits, .semester = semester, .sum = sum };
    str_copy_cut(str_from(id), item->id, sizeof item->id);
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        str_copy_cut(str_from(labels[i]), item->label[i], sizeof item->label[i]);
}

/* What home tells of the record. */
static inline void applications_lists(Lists *lists)
{
    static const char *const higher[] = { "Oliy matematika", "Олий математика", "Высшая математика",
                                          "Higher mathematics" };
    static const char *const networks[] = { "Kompyuter tarmoqlari va axborot xavfsizligi asoslari",
                                            "Компьютер тармоқлари ва ахборот хавфсизлиги асослари",
                                            "Компьютерные сети и основы информационной безопасности",
                                            "Computer networks and foundations of information security" };
    static const char *const physics[] = { "Fizika", "Физика", "Физика", "Physics" };
    static const char *const programme[] = { "60610200 Axborot tizimlari va texnologiyalari",
                                             "60610200 Ахборот тизимлари ва технологиялари",
                                             "60610200 Информационные системы и технологии",
                                             "60610200 Information systems and technologies" };
    static const char *const economics[] = { "60310100 Iqtisodiyot", "60310100 Иқтисодиёт", "60310100 Экономика",
                                             "60310100 Economics" };

    assert_true(lists_begin(lists, "debts"));
    applications_item(lists, "101-3", higher, 6, 3, 927000);
    applications_item(lists, "204-3", networks, 4, 3, 618000);
    applications_item(lists, "118-2", physics, 5, 2, 772500);
    assert_true(lists_begin(lists, "results"));
    applications_item(lists, "101-1", higher, 6, 1, 0);
    applications_item(lists, "118-2", physics, 5, 2, 0);
    assert_true(lists_begin(lists, "programmes"));
    applications_item(lists, "60610200", programme, 0, 0, 0);
    applications_item(lists, "60310100", economics, 0, 0, 0);
}

/* Home names all of them but the visitors' own, and tells what the forms choose from. */
static inline void applications_told(Glass *glass)
{
    ApiHome *home = glass->model.visit.home;
    size_t kept = 0;

    asked_home(glass);
    for (size_t i = 0; i < home->service_count; i++)
        if (strcmp(home->services[i].service, VISITOR_SERVICE) != 0)
            home->services[kept++] = home->services[i];
    home->service_count = kept;
    applications_lists(&home->lists);
}

/* --- what the registrar answers ----------------------------------------------------------------------------------- */

#define APPLICATIONS_PHOTOS "40000000-0000-4000-8000-000000000001"

/* To the last CMD_PAPERS or CMD_PAPERS_STATE. */
static inline void applications_papers(Glass *glass, ApiPapersState state, int pages)
{
    const PapersState *papers = &glass->model.visit.papers;
    Msg msg = glass_answer(glass, MSG_PAPERS);

    msg.asked = papers->asked;
    msg.as.papers =
        (ApiPapers){ .id = APPLICATIONS_PHOTOS, .state = state, .pages = pages, .most = 4, .seconds_left = 600 };
    if (papers->doing == CMD_PAPERS)
        str_copy_cut(STR("HTTPS://HUJJAT.NAMUNA.UZ/U/7K3M9QXD2HVT58WE3TQFR6XK4A2B"), msg.as.papers.address,
                     sizeof msg.as.papers.address);
    glass_send(glass, &msg);
}

/* The registrar tells that they have changed, and how when it is asked. */
static inline void applications_turn(Glass *glass, ApiPapersState state, int pages)
{
    Msg msg = { .kind = MSG_CHANGED,
                .as.changed.event.what = CHANGED_PAPERS,
                .as.changed.event.id = APPLICATIONS_PHOTOS };

    glass->now_ms += 1000;
    glass_send(glass, &msg);
    applications_papers(glass, state, pages);
}

/* A page of the photographs, grey with lines. */
static inline void applications_picture(Glass *glass)
{
    static const char png[] = SOURCE_DIR "/tests/gallery/photograph.png";
    const PapersState *papers = &glass->model.visit.papers;
    Msg msg = glass_answer(glass, MSG_PAPER_PICTURE);
    Error err = { 0 };
    OWNED_BUF file;

    buf_init(&file, 1u << 20);
    if (!file_read(png, &file, &err))
        fail_msg("%s", err.text);
    msg.asked = papers->asked;
    while (msg.as.picture.page < PAPERS_PAGES_MOST && papers->pictures[msg.as.picture.page])
        msg.as.picture.page++;
    msg.as.picture.png = blob_take_buf(&file);
    glass_send(glass, &msg);
}

static inline void applications_visitor(Glass *glass)
{
    Msg msg = glass_answer(glass, MSG_SIGNED_IN);

    msg.as.session = (ApiSession){ .token = "secret-token",
                                   .given_name = "Jasur",
                                   .full_name = "Jasur Ergashev",
                                   .visitor = true,
                                   .seconds_left = 1800 };
    glass_send(glass, &msg);
}

static inline ApiStage applications_stage(const Glass *glass, const char *unit, ApiStageState state, int days_ago)
{
    ApiStage stage = { .state = state, .at_s = days_ago < 0 ? 0 : asked_now_s(glass) - days_ago * ASKED_DAY_S };

    str_copy_cut(str_from(unit), stage.unit, sizeof stage.unit);
    return stage;
}

/* Of the request that is looked at, in this state. */
static inline ApiRequestDetails *applications_details(const Glass *glass)
{
    ApiRequestDetails *details = mem_new(1, sizeof *details);

    assert_non_null(details);
    details->line = glass->model.visit.mine.line;
    return details;
}

static inline void applications_tell(Glass *glass, ApiRequestDetails *details)
{
    Msg msg = glass_answer(glass, MSG_REQUEST);

    msg.asked = glass->model.visit.mine.asked;
    msg.as.details = details;
    glass_send(glass, &msg);
}

#endif
