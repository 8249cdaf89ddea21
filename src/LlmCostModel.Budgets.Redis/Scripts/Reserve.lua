-- Holds amounts in several accounts, all or none. ARGV 2: the fingerprint of the charges, 3: how long the call is known: RETENTION and KEEP
-- longer than the hold lives.
-- use begin
local life = ARGV[3] - RETENTION - KEEP
local windows, holds_of, items = {}, {}, 'H 0 ' .. ARGV[2]
for i = 1, COUNT do
  local base = 6 + WIDTH * (i - 1)
  local period, w = ARGV[base + 2], nil
  if period == 't' then
    w = { 't', ENDLESS, nil, nil, 0 }
  else
    -- use window_of
    w = { window_of(period) }
    if not w[1] then
      -- use repeated
      return answer('5', format(' %d -', i - 1))
    end
  end
  windows[i] = w
  holds_of[i] = w[1] .. ':' .. ARGV[base + 3] .. ':' .. (WIDTH == 7 and ARGV[base + 5] or '0')
  items = items .. ' ' .. ARGV[base + 1] .. ' ' .. holds_of[i] .. ' ' .. (w[3] or '-') .. ' -'
end

local observed, new, now_text, is_new_call = '-', nil, format('%.0f', now), false
for i = 1, COUNT do
  local base, sums, holds, w = 6 + WIDTH * (i - 1), KEYS[1 + 2 * i], KEYS[2 + 2 * i], windows[i]
  if call('ZCOUNT', holds, '-inf', now_text) > 0 then
    if not is_new_call then
      -- use repeated
      is_new_call = true
    end
    -- use give_back
  end
  local window, added = w[1], tonumber(ARGV[base + 3])
  -- use sums_of
  if not settled_text then
    new = new or {}
    new[i] = true
  end
  if added > 0 and ARGV[base + 4] ~= '' then
    local limit, stop = tonumber(ARGV[base + 4]), w[2]
    if w[5] > 0 then
      -- use rolling
      settled, held, settled_text, held_text, stop = rolling(sums, w[6], w[5], w[7])
    elseif WIDTH == 7 and w[3] and ARGV[base + 6] ~= '0' then
      -- use limit_of
      limit = limit_of(sums, base, w[3])
    end
    if settled < -EXACT or (settled < 0 and held > EXACT) then error('LCM-RANGE') end
    if settled + held + added > limit then
      if WIDTH == 4 or not find(ARGV[base + 7], '^1') then
        -- use repeated
        local state = (settled_text or '0') .. ':' .. (held_text or '0') .. ':' .. format('%.0f', limit) .. ':' .. stop
        return answer('1', format(' %d ', i - 1) .. observed .. ' ' .. state)
      end
      observed = (observed == '-' and '' or observed) .. format('%d,', i - 1)
    end
  end
end

local before = count
-- use count_change
if not call('SET', KEYS[2], items, 'NX', 'PX', ARGV[3]) then
  -- It is there: a repetition, which is no change; or one that is forgotten.
  call('HINCRBY', KEYS[1], 'q' .. epoch, '-1')
  count = before
  -- use repeated
  -- use count_change
  call('SET', KEYS[2], items, 'PX', ARGV[3])
end
local deadline = format('%.0f', now + life)
for i = 1, COUNT do
  local sums, holds, window, forget = KEYS[1 + 2 * i], KEYS[2 + 2 * i], windows[i][1], windows[i][4]
  call('HINCRBY', sums, 'h' .. window, ARGV[9 + WIDTH * (i - 1)])
  call('ZADD', holds, deadline, ARGV[1] .. ' ' .. holds_of[i])
  if new and new[i] then
    -- use opened
    call('HSET', sums, 's' .. window, '0')
    opened(i, window, forget)
  end
  if forget and now + life > forget then
    -- use live_until
    live_until(sums, holds, now + life)
  end
end
if FORM == '' then return answer('0', ' -1 ' .. observed) end
-- use states
return answer('0', ' -1 ' .. observed .. states)
