// A judge of exchanges by OpenAPI 3.1 documents: was the route described, the status, the headers, the type, the body?  The documents
// themselves are judged by @seriousme/openapi-schema-validator, bodies and values by ajv (JSON Schema 2020-12).
//
//   const judge = await Judge.of({ kiosks: TEXT, people: TEXT });  // throws where a document is no OpenAPI 3.1
//   for (const line of lines) judge.look(JSON.parse(line));         // lines of `registrar serve --record`
//   judge.faults, judge.report()
//
// A reader passes over members that it does not know, and so do the documents' schemas; what we send must be described whole, so here an object
// may hold what its schema names and nothing more.  What a client sent is judged where it was accepted: a request that was refused with a
// described 4xx may be as malformed as its test wanted it.
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'options', 'trace'];

// "/a/{b}" as an expression; literal parts of some paths are read in any case (QR codes hold capitals).
const expressionOf = (path) =>
    new RegExp(`^${path.split('/').map((part) => (/^\{.+\}$/.test(part) ? '([^/]+)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))).join('/')}$`,
        /^\/[cdgtuv](\/|$)/.test(path) ? 'i' : '');

// The office's pages are for people: no document describes them.
const isPage = (path) => /^\/office(\/(?!v1(\/|$))|$)/.test(path);

const namesOf = (path) => [...path.matchAll(/\{([^}]+)\}/g)].map((found) => found[1]);

// Each object of a schema may hold what is named, and nothing more.  Parts of an allOf see only their share, so the whole is closed, not they.
function close(schema, partly = false) {
    if (Array.isArray(schema)) return schema.map((one) => close(one, partly));
    if (!schema || typeof schema !== 'object') return schema;
    const closed = {};
    for (const [key, value] of Object.entries(schema)) {
        const plain = ['enum', 'const', 'examples', 'default', 'required'].includes(key);
        if (plain) closed[key] = value;
        else if (key === 'properties' || key === '$defs') closed[key] = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, close(one)]));
        else closed[key] = close(value, ['allOf', 'if', 'then', 'else'].includes(key));
    }
    const open = ['additionalProperties', 'unevaluatedProperties', 'patternProperties'].every((key) => !(key in schema));
    if (!partly && open && (schema.properties || schema.allOf)) closed.unevaluatedProperties = false;
    return closed;
}

class Interface {
    constructor(name, text) {
        this.name = name;
        this.text = text;
        this.document = JSON.parse(text);
        this.routes = [];
        this.validators = new Map();
    }

    async open() {
        const found = await new Validator().validate(structuredClone(this.document));
        if (!found.valid) throw new Error(`${this.name} is no OpenAPI document: ${JSON.stringify(found.errors, null, 1).slice(0, 2000)}`);
        if (!/^3\.1\./.test(this.document.openapi)) throw new Error(`${this.name} is OpenAPI ${this.document.openapi}, not 3.1`);
        const schemas = Object.fromEntries(Object.entries(this.document.components.schemas ?? {}).map(([name, one]) => [name, close(one)]));
        this.ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: false });
        (addFormats.default ?? addFormats)(this.ajv);
        this.ajv.addSchema({ $id: `https://${this.name}.test/`, $defs: this.elsewhere(schemas) });
        for (const [path, item] of Object.entries(this.document.paths)) {
            for (const method of METHODS.filter((one) => item[one])) this.routes.push(this.route(path, method, item, item[method]));
        }
        // Whatever is described can be judged: every schema is compiled now, not when it is first met.
        for (const route of this.routes) for (const answer of Object.values(route.answers)) this.compileAnswer(answer);
        for (const answer of Object.values(this.document['x-unmatched'] ?? {})) this.compileAnswer(this.resolve(answer));
        return this;
    }

    resolve(thing) {
        if (!thing?.$ref) return thing;
        const found = thing.$ref.slice(2).split('/').reduce((at, part) => at?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], this.document);
        if (!found) throw new Error(`${this.name}: ${thing.$ref} leads nowhere`);
        return this.resolve(found);
    }

    route(path, method, item, operation) {
        return {
            path, method, expression: expressionOf(path), names: namesOf(path), id: operation.operationId,
            security: operation.security ?? this.document.security ?? [],
            parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => this.resolve(one)),
            body: operation.requestBody ? this.resolve(operation.requestBody) : null,
            answers: Object.fromEntries(Object.entries(operation.responses).map(([status, answer]) => [status, this.resolve(answer)])),
            seen: new Map(),
        };
    }

    // The schemas by themselves, so that ajv does not look for their keywords in the rest of the document.
    elsewhere(schema) {
        return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', `"https://${this.name}.test/#/$defs/`));
    }

    // References lead to the closed schemas; what stands in a place of its own is closed here.
    validator(schema) {
        const key = JSON.stringify(schema);
        if (!this.validators.has(key)) {
            this.validators.set(key, this.ajv.compile(this.elsewhere(close(schema))));
        }
        return this.validators.get(key);
    }

    compileAnswer(answer) {
        for (const header of Object.values(answer.headers ?? {})) this.validator(this.resolve(header).schema);
        for (const content of Object.values(answer.content ?? {})) this.validator(content.schema);
    }

    // What is wrong with the value, or nothing.
    wrong(schema, value) {
        const validate = this.validator(schema);
        return validate(value) ? null : validate.errors.map((one) => `${one.instancePath || 'it'} ${one.message}${one.params?.unevaluatedProperty ? `: ${one.params.unevaluatedProperty}` : ''}`).join('; ');
    }
}

const lower = (headers) => {
    const all = new Map();
    for (const [name, value] of headers) all.set(name.toLowerCase(), value);
    return all;
};
const typeOf = (text) => (text ?? '').toLowerCase().replace(/\s*;\s*/g, ';');
const isJson = (type) => /[/+]json(;|$)/.test(type);

export class Judge {
    static async of(texts) {
        const judge = new Judge();
        judge.interfaces = new Map();
        for (const [name, text] of Object.entries(texts)) {
            judge.interfaces.set(name, await new Interface(name, text).open());
        }
        judge.forget();
        return judge;
    }

    // As if nothing had been looked at.
    forget() {
        this.exchanges = 0;
        this.faults = { undocumented: new Map(), 'not as written': new Map() };
        this.unmatched = new Map();
        for (const face of this.interfaces.values()) for (const route of face.routes) route.seen.clear();
    }

    fault(kind, exchange, where, words) {
        const key = `${exchange.listener} ${exchange.method} ${where} ${exchange.answer.status}: ${words}`;
        this.faults[kind].set(key, (this.faults[kind].get(key) ?? 0) + 1);
    }

    look(exchange) {
        if (isPage(exchange.path)) return;
        const face = this.interfaces.get(exchange.listener);
        this.exchanges++;
        if (!face) return this.fault('undocumented', exchange, exchange.path, 'a listener that is described nowhere');
        const method = exchange.method === 'HEAD' ? 'get' : exchange.method.toLowerCase();
        const there = face.routes.filter((one) => one.expression.test(exchange.path));
        const route = there.find((one) => one.method === method);
        const status = String(exchange.answer.status);
        const where = route?.path ?? there[0]?.path ?? '(no route)';
        const answer = route ? route.answers[status] : face.resolve(face.document['x-unmatched']?.[status]);
        if (!answer) return this.fault('undocumented', exchange, route ? where : exchange.path, route ? 'a status that is not described' : 'a route that is not described');
        if (route) route.seen.set(status, (route.seen.get(status) ?? 0) + 1);
        else this.unmatched.set(`${exchange.listener} ${status}`, (this.unmatched.get(`${exchange.listener} ${status}`) ?? 0) + 1);
        const wrong = (words) => this.fault('not as written', exchange, where, words);
        this.lookAtHeaders(face, exchange, answer, wrong);
        this.lookAtBody(face, exchange, answer, wrong);
        if (!route && there.length && status === '405') this.lookAtAllow(there, exchange, wrong);
        if (route && exchange.answer.status < 400) this.lookAtRequest(face, route, exchange, wrong);
        if (route && /openapi\.json$/.test(route.path) && status === '200' && exchange.answer.body !== face.text && exchange.method === 'GET')
            wrong('the document that is served is another one');
    }

    lookAtHeaders(face, exchange, answer, wrong) {
        const said = lower(exchange.answer.headers);
        const described = lower(Object.entries({ ...(face.document['x-every-answer'] ?? {}), ...(answer.headers ?? {}) }));
        for (const [name, raw] of described) {
            const header = face.resolve(raw);
            if (!said.has(name)) {
                if (header.required) wrong(`without header ${name}`);
                continue;
            }
            const fault = face.wrong(header.schema, said.get(name));
            if (fault) wrong(`header ${name}: ${fault}`);
        }
        for (const name of said.keys()) if (name !== 'content-type' && !described.has(name)) wrong(`header ${name} is not described`);
    }

    lookAtBody(face, exchange, answer, wrong) {
        const { body } = exchange.answer;
        const said = lower(exchange.answer.headers).get('content-type');
        const contents = Object.entries(answer.content ?? {});
        if (contents.length === 0) {
            if (body !== null || said !== undefined) wrong('a body where none is described');
            return;
        }
        const found = contents.find(([type]) => typeOf(type) === typeOf(said));
        if (!found) return wrong(`type ${said}, not ${contents.map(([type]) => type).join(' or ')}`);
        if (body === null) return wrong('no body');
        const fault = this.faultOf(face, found, body);
        if (fault) wrong(`body: ${fault}`);
    }

    // body: text, or { bytes } of what is no text.
    faultOf(face, [type, { schema }], body) {
        if (isJson(typeOf(type))) {
            try {
                return face.wrong(schema, JSON.parse(body));
            } catch {
                return 'no JSON';
            }
        }
        return typeof body === 'string' ? face.wrong(schema, body) : null;
    }

    lookAtAllow(there, exchange, wrong) {
        const allowed = new Set((lower(exchange.answer.headers).get('allow') ?? '').split(', '));
        const described = new Set(there.flatMap((one) => (one.method === 'get' ? ['GET', 'HEAD'] : [one.method.toUpperCase()])));
        if (allowed.size !== described.size || [...allowed].some((one) => !described.has(one))) wrong(`Allow: ${[...allowed]}, and described are ${[...described]}`);
    }

    lookAtRequest(face, route, exchange, wrong) {
        const headers = lower(exchange.request.headers);
        const path = Object.fromEntries(route.names.map((name, i) => [name, decodeURIComponent(route.expression.exec(exchange.path)[i + 1])]));
        const query = new URLSearchParams(exchange.query ?? '');
        const value = { path: (name) => path[name], query: (name) => query.get(name) ?? undefined, header: (name) => headers.get(name.toLowerCase()), cookie: () => undefined };
        for (const parameter of route.parameters) {
            const given = value[parameter.in](parameter.name);
            if (given === undefined) {
                if (parameter.required) wrong(`accepted without ${parameter.in} ${parameter.name}`);
                continue;
            }
            const fault = face.wrong(parameter.schema, /^(integer|number)$/.test(face.resolve(parameter.schema).type) && /^-?\d+$/.test(given) ? Number(given) : given);
            if (fault) wrong(`accepted with ${parameter.in} ${parameter.name}: ${fault}`);
        }
        for (const name of query.keys())
            if (!route.parameters.some((one) => one.in === 'query' && one.name === name)) wrong(`accepted with query ${name}, which is not described`);
        this.lookAtIdentity(route, exchange, headers, wrong);
        this.lookAtSent(face, route, exchange, headers, wrong);
    }

    lookAtIdentity(route, exchange, headers, wrong) {
        const lacks = (one) => {
            const schemes = Object.keys(one);
            if (schemes.includes('certificate') && !exchange.certificate) return 'accepted without a certificate';
            return schemes.some((scheme) => scheme !== 'certificate') && headers.get('authorization') !== 'Bearer' ? 'accepted without a bearer' : '';
        };
        const found = route.security.map(lacks); // one of them is enough
        if (found.length && !found.includes('')) wrong(found[0]);
    }

    lookAtSent(face, route, exchange, headers, wrong) {
        const { body } = exchange.request;
        if (!route.body) {
            if (body !== null) wrong('accepted with a body where none is described');
            return;
        }
        if (body === null) {
            if (route.body.required) wrong('accepted without a body');
            return;
        }
        // A boundary is of the one message (RFC 2046), so no document names it; a form's charset says nothing (WHATWG URL, 5).
        const sent = typeOf(headers.get('content-type')).replace(/^(multipart\/[^;]+);boundary=[^;]+$/, '$1').replace(/^(application\/x-www-form-urlencoded);charset=utf-8$/i, '$1');
        const found = Object.entries(route.body.content).find(([type]) => typeOf(type) === sent);
        if (!found) return wrong(`accepted with a body of type ${headers.get('content-type')}`);
        const fault = isJson(typeOf(found[0])) ? this.faultOf(face, found, body) : null;
        if (fault) wrong(`accepted with a body: ${fault}`);
    }

    routes() {
        return [...this.interfaces.values()].flatMap((face) => face.routes.map((route) => ({ listener: face.name, ...route })));
    }

    unexercised() {
        return this.routes().filter((one) => one.seen.size === 0);
    }

    count(kind) {
        return [...this.faults[kind].values()].reduce((sum, one) => sum + one, 0);
    }

    summary() {
        const all = this.routes();
        return `routes ${all.length - this.unexercised().length} of ${all.length} exercised, ${this.exchanges} exchanges, ${this.count('undocumented')} undocumented, ${this.count('not as written')} not as written`;
    }

    // Every route and status with its count, those never seen with a dash.
    report() {
        const lines = this.routes().map((route) => {
            const seen = Object.keys(route.answers).map((status) => `${status}:${route.seen.get(status) ?? '-'}`).join(' ');
            return `${route.listener.padEnd(7)} ${route.method.toUpperCase().padEnd(6)} ${route.path.padEnd(38)} ${seen}`;
        });
        return [...lines, ...[...this.unmatched].map(([key, count]) => `no route: ${key}: ${count}`)].join('\n');
    }
}
