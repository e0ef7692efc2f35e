/* Services that people decide or that cost something, and one whose answers change what it yields: for looking at what
 * is handed in and what becomes of it.  Invented; the product's own lie in kiosk/services. */
#ifndef GALLERY_ASKED_H
#define GALLERY_ASKED_H

#include "base/file.h"
#include "kiosk/app/glass.h"

#define ASKED_DAY_S 86400

/* The catalogue as the registrar sends it; made once for a whole run of tests. */
static inline const char *asked_catalogue(void)
{
    static char text[32768];
    Error err = { 0 };
    OWNED_BUF json;

    buf_init(&json, sizeof text - 1);
    if (!text[0] && !file_read(SOURCE_DIR "/tests/gallery/asked.json", &json, &err))
        fail_msg("%s", err.text);
    if (!text[0])
        assert_true(str_copy(buf_str(&json), text, sizeof text));
    return text;
}

static inline int64_t asked_now_s(const Glass *glass)
{
    return (GLASS_WALL_MS + glass->now_ms) / 1000;
}

/* Home with all of them; what people decide is promised for tomorrow. */
static inline void asked_home(Glass *glass)
{
    ApiHome *home = glass->model.visit.home;
    const Catalogue *catalogue = glass->model.catalogue;

    home->service_count = catalogue_count(catalogue);
    for (size_t i = 0; i < home->service_count; i++) {
        const Service *service = catalogue_at(catalogue, i);
        home->services[i] = (ApiService){ .allowed = true, .copies_left = 3 };
        str_copy_cut(str_from(service->id), home->services[i].service, SERVICE_ID_MOST);
        if (service->through)
            home->services[i].promised_at_s = asked_now_s(glass) + ASKED_DAY_S;
    }
    home->shown_count = 1;
    home->shown[0] = (ApiShown){ .field = "student.passport_name", .value = "YULDOSHEVA MALIKA ABDURAHMONOVNA" };
}

static inline void asked_open(Glass *glass, const char *id)
{
    const Catalogue *catalogue = glass->model.catalogue;

    for (size_t i = 0; i < catalogue_count(catalogue); i++)
        if (strcmp(catalogue_at(catalogue, i)->id, id) == 0) {
            glass_act(glass, ACT_SERVICE, (uint16_t)i);
            return;
        }
    fail_msg("no service %s", id);
}

/* What the registrar answers to "Hand in". */
static inline void asked_answer(Glass *glass, ApiRequestState state, bool already)
{
    Msg msg = glass_answer(glass, MSG_ISSUED);

    msg.as.issued.already_open = already;
    msg.as.issued.issued =
        (ApiIssued){ .state = state, .number = "S-2026/000123", .promised_at_s = asked_now_s(glass) + ASKED_DAY_S };
    if (state == REQUEST_PAYMENT) {
        msg.as.issued.issued.sum = 412000;
        str_copy_cut(STR("2026-0000417"), msg.as.issued.issued.invoice, sizeof msg.as.issued.issued.invoice);
    }
    glass_send(glass, &msg);
}

/* One of "my requests". */
static inline ApiRequestLine asked_line(const Glass *glass, unsigned n, const char *service, ApiRequestState state)
{
    ApiRequestLine line = { .state = state,
                            .at_s = asked_now_s(glass) - 2 * ASKED_DAY_S,
                            .promised_at_s = asked_now_s(glass) + ASKED_DAY_S };

    (void)snprintf(line.id, sizeof line.id, "30000000-0000-4000-8000-%012u", n);
    (void)snprintf(line.number, sizeof line.number, "S-2026/%06u", 122 + n);
    str_copy_cut(str_from(service), line.service, sizeof line.service);
    if (state == REQUEST_PAYMENT) {
        line.sum = 412000;
        str_copy_cut(STR("2026-0000417"), line.invoice, sizeof line.invoice);
    }
    return line;
}

#endif
