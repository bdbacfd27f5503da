// Requests to the server that served the page, and to nothing else.
import { word } from "./words.js";

const token = document.querySelector('meta[name="token"]').content;

const answered = async (response) => {
  if (response.ok) return response;
  const text = await response.text();
  let told = text;
  try {
    told = JSON.parse(text).error ?? text;
  } catch {
    // plain text it is
  }
  throw new Error(told.slice(0, 400));
};

const sent = async (address, options) => {
  let response;
  try {
    response = await fetch(address, options);
  } catch {
    throw new Error(word("lost_connection"));
  }
  return answered(response);
};

export const get = async (name, asked = {}) => (await sent(`/api/${name}?${new URLSearchParams(asked)}`)).json();

export const part = async (address) => (await sent(`/part/${address}`)).text();

export const post = async (name, told = {}) =>
  (
    await sent(`/api/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Koubun-Token": token },
      body: JSON.stringify(told),
    })
  ).json();

/** A source's id as part of an address. */
export const path = (id) => id.split("/").map(encodeURIComponent).join("/");
