/* A visit as a list of events, played through app_update with nothing but a few devices in the mind.
 *
 * An event says what happens in terms of what was asked before ("the registrar's answer to the last CMD_ISSUE, late,
 * with the page handed out already"), never by ids, so that a list stays meaningful when events are left out of it:
 * that is what lets a long list shrink to the few events that break something. */
#ifndef FUZZ_VISITS_H
#define FUZZ_VISITS_H

#include <setjmp.h>

#include "base/random.h"
#include "kiosk/app/app.h"
#include "kiosk/ui/tree.h"

#define EVENT_VALUES   6
#define EVENT_KIND_BAD (MSG_KIND_COUNT + 7) /* a message that nobody can have sent */

typedef struct Event {
    uint16_t kind;           /* a MsgKind, or EVENT_KIND_BAD */
    uint16_t back;           /* an answer: to the last asking of its command (0), to the one before (1), ... */
    uint32_t stray;          /* added to the number of the visit that the message names */
    uint32_t after_ms;       /* since the event before; on top of it a tick with "wake" waits for app_next_wake */
    int32_t wall_s;          /* the wall clock is set by so much */
    int32_t v[EVENT_VALUES]; /* by kind: event_value_names; all zero is the honest, usual message */
} Event;

typedef struct Events {
    Event *items; /* owned */
    size_t count, room;
} Events;

/* --- the devices: what was asked of them, and what they know ------------------------------------------------------ */

#define ASKED_MOST 8

typedef struct Asked {                                 /* a command that a device was given */
    uint32_t visit, asked, number, serial, job, epoch; /* asked: the command's own number, number: ours */
    int32_t command_state;                             /* of a report: ApiPrintState */
    bool again, answered;
    bool for_phone; /* of a request: no paper is to come of it */
    bool handed_in; /* ... nor before people decide */
    char key[API_ID_SIZE];
} Asked;

typedef struct Job { /* at the registrar, by the key that it was asked with */
    char key[API_ID_SIZE];
    uint32_t epoch;
    uint32_t handed_epoch, handed_to; /* the page was given out for this epoch, to this CMD_PAGE */
    bool released;                    /* ... and came back unprinted */
    uint64_t printed;                 /* epochs that CMD_PRINT was given for, a bit each */
} Job;

typedef struct Session {
    uint32_t visit;
    bool open;
} Session;

typedef enum PaperEnd { PAPER_OPEN, PAPER_UNKNOWN, PAPER_ENDED } PaperEnd;

typedef struct PaperSeen { /* what the printer was given, as somebody beside it would note */
    char job[API_ID_SIZE];
    uint32_t epoch, visit;
    PaperEnd end;
    bool stopped;
} PaperSeen;

#define PAPERS_MOST 32

typedef struct World {
    Asked asked[CMD_KIND_COUNT][ASKED_MOST];
    uint32_t asked_count[CMD_KIND_COUNT];
    uint32_t commands;
    Job *jobs; /* owned; job n is jobs[n] */
    size_t job_count, job_room;
    Session *sessions; /* owned */
    size_t session_count, session_room, sessions_open;
    PaperSeen papers[PAPERS_MOST];
    size_t paper_count;
    uint32_t links, grants;   /* for phones, that were given */
    Catalogue *catalogues[3]; /* owned */
    unsigned catalogue;       /* that the registrar has now */
} World;

/* --- playing ------------------------------------------------------------------------------------------------------ */

typedef struct Coverage {
    uint32_t messages[SCREEN_COUNT][MSG_KIND_COUNT];
    uint32_t commands[CMD_KIND_COUNT];
    uint32_t faults[FAULT_KIND_COUNT];
    uint32_t bad, visits, prints, sessions;
} Coverage;

typedef struct Asking { /* what a request is for: the same asking has one key */
    char service[SERVICE_ID_MOST];
    Language language;
    Answers answers;
} Asking;

typedef enum Plant {
    PLANT_NONE,
    PLANT_KEEPS_NAME,    /* a name stays in the model when its visit ends */
    PLANT_PRINTS_TWICE,  /* a paper that was reported is given to the printer once more */
    PLANT_DROPS_SESSION, /* a session that comes too late is not ended */
    PLANT_MIXES_VISITS,  /* a command goes out with the number of the visit before */
    PLANT_NEW_KEY,       /* a retry asks with a key of its own */
    PLANT_SLEEPS_NOT,    /* asks to be woken at once, for ever */
    PLANT_COUNT
} Plant;

typedef struct Player {
    Model model;
    CmdList cmds;
    World world;
    Texts *texts; /* owned */
    Tree *tree;   /* owned; of the model now when tree_fresh */
    bool tree_fresh;
    int64_t now_ms, wall_ms;
    uint64_t taken; /* messages so far */
    Plant plant;
    Coverage coverage;
    /* what the checks remember */
    uint8_t *fresh; /* owned: the model's bytes when it was new */
    Asking asking;
    char asking_key[API_ID_SIZE]; /* of the last CMD_ISSUE for it; "": none */
    uint32_t page_job, page_epoch;
    bool page_out; /* a page was asked for, and neither printed nor given back */
    unsigned wakes_alone, late_wakes;
    uint64_t shown; /* hash of what decides the screen's shape, of the last tree that was looked at */
    /* the first thing that broke */
    const char *broken; /* name of the check; NULL: nothing */
    char broken_text[200];
    Cmd planted; /* of PLANT_PRINTS_TWICE */
} Player;

/* A kiosk that was just switched on.  False when there is no memory. */
bool player_open(Player *player, Plant plant) MUST_USE;
void player_close(Player *player);
/* Plays one event and checks all that must hold.  False when something broke: player->broken. */
bool player_take(Player *player, const Event *event);
/* The tree of what is on the glass now. */
const Tree *player_tree(Player *player);
/* Notes that something must hold and does not; the first counts. */
void player_break(Player *player, const char *check, const char *format, ...) PRINTF_LIKE(3, 4);

/* What was asked of the registrar and the printer, and what they answer. */
typedef struct Answering { /* the asking that an event answers; zero when nothing was asked */
    Asked asked;
    bool was_asked;
    uint32_t visit; /* that the message names */
} Answering;

/* visits_applications.c */
void world_lists(uint32_t visit, uint32_t count, Lists *ret);
/* Which of CMD_PAPERS and CMD_PAPERS_STATE was asked last; CMD_NONE: none. */
CmdKind world_papers_command(World *world);
void make_papers(Player *player, const Event *event, const Answering *answering, Msg *msg);
void make_picture(Player *player, const Event *event, const Answering *answering, Msg *msg);
void make_request(Player *player, const Event *event, const Answering *answering, Msg *msg);

/* visits_grant.c */
void make_grant_offer(Player *player, const Event *event, const Answering *answering, Msg *msg);
void make_grant(Player *player, const Event *event, const Answering *answering, Msg *msg);

/* visits_cards.c */
void make_card(Player *player, const Event *event, const Answering *answering, Msg *msg);
void make_my_card(Player *player, const Event *event, const Answering *answering, Msg *msg);

/* visits_hall.c */
void make_information(Player *player, const Event *event, const Answering *answering, Msg *msg);
void make_study(Player *player, const Event *event, const Answering *answering, Msg *msg);
void make_looks(Player *player, const Event *event, const Answering *answering, Msg *msg);
void make_hall(Player *player, const Event *event, const Answering *answering, Msg *msg);
void make_ticket(Player *player, const Event *event, const Answering *answering, Msg *msg);
void make_call(Player *player, const Event *event, const Answering *answering, Msg *msg);
void make_slip(Player *player, const Event *event, const Answering *answering, Msg *msg);

/* visits_world.c */
bool world_open(World *world, Error *err) MUST_USE;
void world_close(World *world);
/* Makes the message; what it owns goes with it. */
void world_message(Player *player, const Event *event, Msg *msg);
/* The devices take a command. */
void world_take(Player *player, const Cmd *cmd);
/* The n-th last asking of a command; NULL when there are not so many. */
Asked *world_asked(World *world, CmdKind kind, unsigned back);
/* The command whose answer a message is; CMD_NONE for others, and for those that answer several, as MSG_PHONE.
 * waits: what is waited for now, for those that answer two. */
CmdKind world_command_of(MsgKind kind, CmdKind waits);
/* Which of these was asked last; CMD_NONE: none. */
CmdKind world_newest(World *world, CmdKind first, CmdKind last);
CmdKind world_phone_command(World *world);
/* The job by its id; SIZE_MAX for none of ours. */
size_t world_job(const World *world, const char *id);
/* Jobs of an earlier life: this and three digits. */
#define RECOVERED_ID "00000000-0000-4000-8000-000700000"
void world_job_id(uint32_t job, char id[API_ID_SIZE]);
/* What is personal of a visit's who-th person begins with this: found wherever it is left. */
#define MARK        "ZQXJ"
#define MARK_NUMBER "73519260" /* can't overlap itself */
void world_mark(uint32_t visit, const char *what, char *text, size_t size);
/* What stands on the page of a job's epoch. */
void world_page(uint32_t visit, uint32_t job, uint32_t epoch, char *text, size_t size);

/* visits_marks.c: every mark in these bytes is this visit's; 0: there is none at all.  *ret_at: where one is not. */
bool marks_are(const void *bytes, size_t size, uint32_t visit, size_t *ret_at);

/* visits_check.c */
typedef struct Before { /* of the model, before a message */
    bool awaited;       /* the message is the very answer that is waited for */
    ScreenKind screen;
    FaultKind fault;
    Waiting waiting;
    uint32_t visits, impossible;
    FormKept form_kept;
    bool active, signed_in;
} Before;
void check_before(Player *player, const Msg *msg, Before *before);
void check_after(Player *player, const Event *event, const Msg *msg, const Before *before);

/* visits_roll.c */
typedef struct Roller {
    RandomSeeded seeded;
    Random random;
    uint32_t visit; /* that the plan is for */
    enum { PLAN_LOOKS_IN, PLAN_GOES_THROUGH, PLAN_WANDERS, PLAN_WALKS_AWAY } plan;
    unsigned steps;
    unsigned beats_lost; /* that are still to come: the registrar is away */
} Roller;
void roller_begin(Roller *roller, uint64_t seed);
void roll_event(Roller *roller, Player *player, Event *event);

/* visits_text.c */
extern const char *const event_value_names[MSG_KIND_COUNT][EVENT_VALUES];
const char *name_of_message(unsigned kind);
const char *name_of_command(unsigned kind);
const char *name_of_fault(unsigned kind);
const char *name_of_screen(unsigned kind);
const char *name_of_plant(unsigned kind);
/* A line without its end: "signed-in after=350 who=1". */
void event_write(const Event *event, Buf *buf);
bool event_read(Str line, Event *ret, Error *err) MUST_USE;
bool events_add(Events *events, const Event *event) MUST_USE;
void events_free(Events *events);

/* visits_shrink.c: leaves out of events whatever is not needed to break the same check. */
bool events_shrink(Events *events, Plant plant, const char *check) MUST_USE;
/* Plays a list from the start.  The name of the check that broke, or NULL; *ret_taken: how many events until then. */
const char *events_play(const Events *events, Plant plant, char text[200], size_t *ret_taken);

#endif
