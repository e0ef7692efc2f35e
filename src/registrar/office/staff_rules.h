/* What staff accounts are made of, as words: names, roles, scopes, passwords.  Pure. */
#ifndef REGISTRAR_OFFICE_STAFF_RULES_H
#define REGISTRAR_OFFICE_STAFF_RULES_H

#include "base/buf.h"
#include "registrar/office/rights.h"
#include "registrar/store/staff_scope.h"

#define STAFF_PASSWORD_LEAST 10 /* letters */
#define STAFF_PASSWORD_MOST  128
#define STAFF_PASSWORD_SIZE  (4 * STAFF_PASSWORD_MOST + 1)

/* 2 to 39 small letters, digits, dots, hyphens; the first is a letter. */
bool staff_name_fits(const char *name);
/* "front-office,archive": at least one, each once. */
bool staff_roles_parse(Str text, unsigned *ret_roles) MUST_USE;
void staff_roles_write(unsigned roles, Buf *buf);
bool staff_roles_may(unsigned roles, Right right);
/* "faculty:401 window:2", by blanks or commas; "": everywhere. */
bool staff_scope_parse(Str text, StaffScope *ret) MUST_USE;
void staff_scope_write(const StaffScope *scope, Buf *buf);
/* Units are those that the roles decide for, where the scope names none. */
void staff_scope_of_roles(unsigned roles, StaffScope *scope);

typedef enum PasswordFault {
    PASSWORD_FINE,
    PASSWORD_SHORT,
    PASSWORD_LONG,
    PASSWORD_NAMED, /* holds the account's name */
    PASSWORD_PLAIN, /* of too few letters, a row of the keyboard, one that everybody tries */
    PASSWORD_FAULT_COUNT
} PasswordFault;

/* What a password must not be (NIST SP 800-63B section 3.1.1.2: length counts, kinds of letters do not). */
PasswordFault staff_password_fault(const char *name, const char *password);
const char *password_fault_name(PasswordFault fault);

#endif
