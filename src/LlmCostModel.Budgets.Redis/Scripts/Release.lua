-- Gives a hold back, or remembers that it never will be one. ARGV 5: '1' when floors count as spent; of a call that is not known none can
-- be, and it stays so, since a repetition would take it for one whose floor was counted.
local kind, reserved, rest = known_call()
if kind == 'S' then return answer('4', '') end
if kind == 'R' then return answer('3', '') end
local life = tonumber(ARGV[2])
if not kind then
  if ARGV[5] == '1' then return answer('0', '') end
  remember('R ' .. int(now + life) .. ' -', life)
  sequence = sequence + 1
  return answer('0', '')
end

local items, missing = items_of(rest)
if missing then return missing end
for i = 1, #items do
  local item = items[i]
  item.old_s, item.old_h, item.is_there, item.is_held = sums_of(sums_key(item.place), item.window, item.least)
  if #items > 1 then call('ZSCORE', holds_key(item.place), 'x') end
end

local state, text = '1', 'R ' .. int(now + life) .. ' ' .. reserved
for i = 1, #items do
  local item = items[i]
  local spent = ARGV[5] == '1' and item.least or 0
  local live = call('ZREM', holds_key(item.place), ARGV[4] .. ' ' .. item.hold) == 1
  if not live then state = '2' end
  -- Also what was given back before: what was depends on who used the accounts meanwhile. A window that is forgotten stays so.
  local added = live and spent or spent - item.least
  if live or added ~= 0 and (item.is_there or item.is_held) then
    change(sums_key(item.place), item.window, item.old_s, item.old_h, item.is_there, added, live and -item.amount or 0)
  end
  text = text .. ' ' .. item.account .. ' ' .. item.hold .. ' ' .. item.previous .. ' ' .. int(spent)
end
remember(text, life)
sequence = sequence + 1
return answer(state, '')
