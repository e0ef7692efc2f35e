/* Between the flows of app/: one message on its way through the model.  Not for other rooms.
 * Each flow is one file; app.c hands it what concerns it and ends the message afterwards. */
#ifndef KIOSK_APP_FLOW_H
#define KIOSK_APP_FLOW_H

#include "kiosk/app/app.h"

typedef struct Step {
    Model *model;
    Visit *visit; /* &model->visit */
    Msg *msg;
    CmdList *cmds;
    int64_t now_ms; /* monotonic */
} Step;

/* app.c: appends a command of this visit, with its token; the rest of it is zero.  Never NULL: a list that is full is a
 * broken promise. */
Cmd *step_cmd(const Step *step, CmdKind kind);
/* As step_cmd for what the kiosk's certificate is enough for: of no visit, without a token. */
Cmd *step_machine_cmd(const Step *step, CmdKind kind);
/* As step_cmd, and waits for its answer. */
Cmd *step_ask(const Step *step, CmdKind kind);
/* True once, when the message is the answer that the visit waits for: to this very asking of command, not to an earlier
 * one.  It then waits for nothing. */
bool step_answers(const Step *step, CmdKind command);
void step_show(const Step *step, ScreenKind screen);

/* visit.c: beginning, end and the limits of time */
void visit_begin(const Step *step, Language language);
void visit_end(const Step *step);
/* The student goes: the visit ends, or home opens, after a question when that would lose what was filled in. */
void visit_leave(const Step *step, Leaving how);
/* The question's answer. */
void visit_leave_act(const Step *step, Act act);
void visit_touch(const Step *step);
void visit_time(const Step *step);
int64_t visit_next_wake(const Model *model);

/* machine.c: registrar, catalogue, printer and glass, visit or not */
void machine_take(const Step *step);
void machine_time(const Step *step);
void machine_take_catalogue(Model *model);
/* Whether the registrar answers is in doubt: it is asked soon. */
void machine_doubt(const Step *step);
int64_t machine_next_wake(const Model *model);

/* typing.c: the field that typed text goes to */
void typing_text(const Step *step, const char *text);
void typing_key(const Step *step, EditKey key);
void typing_keyboard(const Step *step, uint16_t arg);

/* sign_in.c */
void sign_in_act(const Step *step, Act act, uint16_t arg);
void sign_in_take(const Step *step);
void sign_in_send(const Step *step);
/* The session is over although the visit goes on: the password is asked again. */
void sign_in_again(const Step *step);
/* A session that came too late for its visit is ended at once. */
void sign_in_return(const Step *step);
void sign_in_focus(Visit *visit, SignInField field);

/* home.c */
void home_act(const Step *step, Act act, uint16_t arg);
void home_take(const Step *step);
void home_open(const Step *step);
/* Opened on the way: what home says anew is welcome, and nobody is disturbed when it says nothing. */
bool home_is_left(const Visit *visit);
void service_act(const Step *step, Act act);
/* The document's language: the wanted one where the service has it. */
Language service_language(const Service *service, Language wanted);
/* A service from its beginning: nothing is filled in yet. */
void service_open(const Step *step, const Service *service);

/* form.c: the form and its review */
void form_act(const Step *step, Act act, uint16_t arg);
void form_open(const Step *step, size_t question);
void form_open_last(const Step *step);
/* Where a form that was begun goes on: its first question that has no answer, or where the student stood. */
void form_go_on(const Step *step, const char *question);
/* What is filled in, with what is being typed, as far as it fits: a form in progress has no other answers. */
void form_filled(const Model *model, Answers *ret);
/* There is something of it. */
bool form_is_begun(const Model *model);
/* The same question, with what was typed, and its keyboard. */
void form_return(const Step *step);
/* The registrar found fault with an answer. */
void form_open_fault(const Step *step, const char *field, FormFault fault);
void review_act(const Step *step, Act act, uint16_t arg);

/* draft.c: what is filled in, kept at the registrar */
void draft_take(const Step *step);
/* Sends what is filled in, unless the registrar has it or is being told. */
void draft_save(const Step *step);
/* The visit ends: what was not sent yet goes now, before the session. */
void draft_end(const Step *step);
/* Nothing is filled in any more.  What is under way concerns nobody. */
void draft_forget(Visit *visit);
/* The registrar answers: perhaps again. */
void draft_registrar(const Step *step);
/* No answer came: it is taken for not kept. */
void draft_time(const Step *step);
int64_t draft_next_wake(const Visit *visit);
/* Goes on with what was kept of this service. */
void draft_open(const Step *step, const Service *service);
/* As draft_open, of the one that failed. */
void draft_open_again(const Step *step);
/* The student went elsewhere while it was looked up. */
void draft_open_is_over(Visit *visit);
void draft_drop(const Step *step, const char *service);
/* It is no more, whatever home said. */
void draft_forget_line(Visit *visit, const char *service);
/* Home says that there is one. */
bool draft_is_offered(const Visit *visit, const char *service);

/* preview.c */
void preview_act(const Step *step, Act act, uint16_t arg);
void preview_take(const Step *step);
void preview_open(const Step *step);
void preview_ask(const Step *step);
void preview_drop(Visit *visit);

/* issue.c: from "Print" to the printer's first word */
void issue_begin(const Step *step);
void issue_send(const Step *step);
void issue_take(const Step *step);
/* Nothing of the last request stays; a page on its way is given back. */
void issue_forget(const Step *step);
/* Gives back a page that was asked for and not printed.  No effect when there is none. */
void issue_release(const Step *step);

/* paper.c: what becomes of the paper, and what the registrar is told of it */
void paper_begin(const Step *step, const ApiPrintJob *job, Blob *pdf);
void paper_take(const Step *step);
void paper_stop(const Step *step);
void paper_leave(const Step *step);
void paper_looked(const Step *step, bool came_out);
/* A person took out of the tray whatever lay there. */
void paper_tray_seen(const Step *step);
/* Where the paper is settled and another one is not, that one is followed. */
void paper_make_way(const Step *step);
void printing_act(const Step *step, Act act);
void done_act(const Step *step, Act act);

/* fault.c */
void fault_show(const Step *step, FaultKind kind, CmdKind retry);
/* What a failed command means to the student, where its own flow has no better word. */
void fault_failed(const Step *step, CmdKind command);
void fault_act(const Step *step, Act act);
void fault_printer(const Step *step);
bool fault_is_away(const Visit *visit);
/* The registrar answered a heartbeat. */
void fault_registrar(const Step *step);

#endif
