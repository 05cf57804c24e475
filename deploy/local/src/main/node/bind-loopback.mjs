/**
 * A preload (`node --import ./bind-loopback.mjs …`) for servers that cannot be told which address to bind: whatever TCP
 * port they ask for, they get it on 127.0.0.1. Pipes and handles pass unchanged.
 */
import { Server } from 'node:net';

const LOOPBACK = '127.0.0.1';
const listen = Server.prototype.listen;

Server.prototype.listen = function listenOnLoopback(...args) {
  return Reflect.apply(listen, this, onLoopback(args));
};

function onLoopback(args) {
  const [first, ...rest] = args;
  const callback = args.find((argument) => typeof argument === 'function');
  if (isPort(first)) {
    const backlog = rest.find((argument) => typeof argument === 'number');
    return [{ port: Number(first), host: LOOPBACK, ...(backlog === undefined ? {} : { backlog }) }, callback];
  }
  if (first === undefined || first === null || typeof first === 'function') {
    return [{ port: 0, host: LOOPBACK }, callback];
  }
  return first.port === undefined ? args : [{ ...first, host: LOOPBACK }, ...rest];
}

/** As node:net takes it: a number, or a text that is one; any other text is a pipe's path. */
function isPort(value) {
  return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
}
