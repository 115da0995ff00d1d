// The rival: the same work on socket.io and better-sqlite3. `node server.js PORT DATABASE`.
// Durable as Oogst is: synchronous=FULL, an acknowledgement after the commit, the id of every message remembered.
import { createServer } from 'node:http';
import Database from 'better-sqlite3';
import { Server } from 'socket.io';

const [port, file] = process.argv.slice(2);
const TICK = 200;
const PRESENCE_EVERY = 1000;
const QUESTION = 'question';
const OPTIONS = ['a', 'b', 'c', 'd', 'e'];

const database = new Database(file);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec(`
  CREATE TABLE answer (participant TEXT, question TEXT, value TEXT, PRIMARY KEY (participant, question));
  CREATE TABLE handled (participant TEXT, id TEXT, rev INTEGER, PRIMARY KEY (participant, id));
`);
const upsert = database.prepare(
  'INSERT INTO answer VALUES (?, ?, ?) ON CONFLICT (participant, question) DO UPDATE SET value = excluded.value',
);
const remember = database.prepare('INSERT OR IGNORE INTO handled VALUES (?, ?, ?)');
const commit = database.transaction((batch, next) => {
  for (const { person, message } of batch) {
    upsert.run(person, message.question, message.value);
    remember.run(person, message.id, next);
  }
});

const counts = Object.fromEntries(OPTIONS.map((key) => [key, 0]));
const answers = new Map();
const handled = new Map();
const people = new Set();
let rev = 1;
let toldRev = 1;
let toldPeople = 0;
let waiting = [];

const results = () => ({ n: answers.size, tally: { counts } });
const options = OPTIONS.map((key) => ({ key, label: key }));

function snapshot(person) {
  const mine = answers.has(person) ? { [QUESTION]: answers.get(person) } : {};
  const step = { question: { key: QUESTION, config: { options } } };
  return { rev, step, results: results(), mine: { answers: mine } };
}

// Group commit: what came in during this turn of the loop is one transaction.
function flush() {
  const batch = waiting;
  waiting = [];
  const fresh = batch.filter(({ person, message }) => !handled.has(`${person} ${message.id}`));
  commit(fresh, rev + 1);
  rev += 1;
  for (const { person, message } of fresh) {
    handled.set(`${person} ${message.id}`, rev);
    if (answers.has(person)) counts[answers.get(person)] -= 1;
    answers.set(person, message.value);
    counts[message.value] += 1;
  }
  for (const { socket, person, message } of batch) {
    socket.emit('ack', { id: message.id, rev: handled.get(`${person} ${message.id}`) });
  }
}

const http = createServer((_request, response) => response.end());
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });

io.on('connection', (socket) => {
  const cookie = /(?:^|; )participant=([^;]+)/.exec(socket.handshake.headers.cookie ?? '');
  const person = cookie ? cookie[1] : '';
  socket.on('hello', () => {
    if (person) people.add(person);
    socket.join('room');
    socket.emit('snapshot', snapshot(person));
  });
  socket.on('answer', (message) => {
    if (!(message.value in counts)) return;
    if (!waiting.length) setImmediate(flush);
    waiting.push({ socket, person, message });
  });
});

setInterval(() => {
  if (rev === toldRev) return;
  toldRev = rev;
  io.to('room').emit('results', { rev, question: QUESTION, ...results() });
}, TICK);
setInterval(() => {
  if (people.size === toldPeople) return;
  toldPeople = people.size;
  io.to('room').emit('presence', { participants: toldPeople });
}, PRESENCE_EVERY);

http.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 });
