-- Records what was spent, and ends the hold. ARGV 5: the fingerprint of what was spent, 6: how many entries are kept, 9: the entry.
local kind, reserved, rest, settled_as = known_call()
if kind == 'S' then
  return answer(settled_as == ARGV[5] and '1' or '2', ' ' .. rest .. states())
end

local items, missing = items_of(rest or '')
if missing then return missing end
local by_place = {}
for i = 1, #items do by_place[items[i].place] = items[i] end
local unheld = {}
for i = 1, COUNT do
  if not by_place[i] then
    local w = { window_of(ARGV[4 + 7 * i]) }
    if not w[1] then return answer('3', ' 0') end
    w.place = i
    unheld[#unheld + 1] = w
  end
end

-- Everything is looked at before anything is changed.
local is_reserved = kind ~= nil and reserved ~= '-'
local remarks_late, above_hold, above_limit = kind == 'R', false, false
for i = 1, #items do
  local item = items[i]
  local sums, base = sums_key(item.place), 3 + 7 * item.place
  item.actual = item.place <= COUNT and tonumber(ARGV[base + 2]) or 0
  item.old_s, item.old_h, item.is_there, item.is_held = sums_of(sums, item.window, item.actual)
  if item.held and (#items > 1 or ARGV[9] ~= '') then call('ZSCORE', holds_key(item.place), 'x') end
  if item.place <= COUNT and item.actual > item.amount then above_hold = true end
end
for i = 1, #unheld do
  local w = unheld[i]
  local sums, amount = sums_key(w.place), tonumber(ARGV[5 + 7 * w.place])
  w.settled, w.held, w.is_there = sums_of(sums, w[1], amount)
  w.amount = amount
  call('ZSCORE', holds_key(w.place), 'x')
  if is_reserved and amount > 0 then above_hold = true end
end
if ARGV[9] ~= '' then
  local log = KEYS[#KEYS]
  call('XLEN', log)
  call('XADD', log, 'MAXLEN', '~', ARGV[6], '*', 'e', ARGV[9])
end

-- Whether the window that was charged is above its limit. What it has now, or nothing when it is forgotten.
local function is_above(place, window, previous, settled)
  local base, sums = 3 + 7 * place, sums_key(place)
  if ARGV[base + 4] == '' then return false end
  if window == 't' and ARGV[base + 1] == 't' then return settled and settled > tonumber(ARGV[base + 4]) end
  local running, _, _, _, buckets, length, start = window_of(ARGV[base + 1])
  if running and buckets > 0 then
    return (rolling(sums, length, buckets, start)) > tonumber(ARGV[base + 4])
  end
  local period_previous, period_start = match(ARGV[base + 1], '^.(%-?%d+):(%-?%d+)')
  if period_start == window then previous = period_previous ~= window and period_previous or nil end
  return settled and settled > limit_of(sums, base, previous)
end

for i = 1, #items do
  local item = items[i]
  local sums = sums_key(item.place)
  local live = item.held and call('ZREM', holds_key(item.place), ARGV[4] .. ' ' .. item.hold) == 1
  if item.held and not live then
    remarks_late = true
    item.spent = item.least
  end
  local settled
  if item.is_there or item.is_held then -- else the window is forgotten
    local added = item.actual - item.spent
    settled = item.old_s + added
    change(sums, item.window, item.old_s, item.old_h, item.is_there, added, live and -item.amount or 0)
  end
  if item.place <= COUNT and is_above(item.place, item.window, item.previous, settled) then above_limit = true end
end
for i = 1, #unheld do
  local w = unheld[i]
  local sums = sums_key(w.place)
  change(sums, w[1], w.settled, w.held, w.is_there, w.amount, 0)
  if not w.is_there then opened(w.place, w[1], w[4]) end
  if is_above(w.place, w[1], w[3], w.settled + w.amount) then above_limit = true end
end

local remarks = (remarks_late and 1 or 0) + (is_reserved and 0 or 2) + (above_hold and 4 or 0) + (above_limit and 8 or 0)
local life = tonumber(ARGV[2])
remember('S ' .. int(now + life) .. ' ' .. remarks .. ' ' .. (is_reserved and reserved or '-') .. ' ' .. ARGV[5], life)
sequence = sequence + 1
return answer('0', ' ' .. remarks .. states())
