/* What the pages of students and papers have in common.  Inside console/. */
#ifndef REGISTRAR_CONSOLE_STUDENTS_H
#define REGISTRAR_CONSOLE_STUDENTS_H

#include "registrar/console/applications.h"
#include "registrar/office/desk_students.h"

#define OWNER_SIZE ID_SIZE

static inline DeskWho who_of(const Desk *desk)
{
    return (DeskWho){ desk->clerk, desk_scope(desk) };
}

/* A text that begins with "say.students."; "" where there is none. */
const char *say_student(const Desk *desk, const char *id);
/* The same of "say.students.KIND-NAME". */
const char *say_student_word(const Desk *desk, const char *kind, const char *name);
/* "/office/students/NUMBER", the route's first parameter; false: it is none. */
bool student_path(const HttpServerRequest *request, char number[STUDENT_NUMBER_SIZE], char *path, size_t size);
/* What a service is called, in the desk's language; its id where it is offered no more. */
const char *say_service(const Desk *desk, const Catalogue *catalogue, const char *service);
/* A paper: its number, title, where it stands, in words and as a class of console.css; of its newest copy the code and
 * what became of it. */
json_t *paper_json(const Desk *desk, const Catalogue *catalogue, const DeskPaper *paper) MUST_USE;
/* Printers of the office and the window, to choose from: into view as "printers". */
bool put_printers(const Desk *desk, json_t *view, Error *err) MUST_USE;
/* There is no such student for whoever asks. */
bool student_not_found(Desk *desk, HttpServerAnswer *answer, Error *err) MUST_USE;

#endif
